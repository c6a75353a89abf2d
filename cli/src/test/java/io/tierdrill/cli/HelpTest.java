package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {

    static Stream<CommandLine> commands() {
        List<CommandLine> all = new ArrayList<>();
        collect(Main.commandLine(), all);
        return all.stream();
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(sub -> collect(sub, all));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void describesEveryCommandAndEveryOption(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(command.getCommandName())
                .isNotEmpty();
        for (ArgSpec arg : command.getCommandSpec().args())
            assertThat(arg.description())
                    .as(command.getCommandName() + " " + arg)
                    .isNotEmpty();
    }

    @Test
    void listsEveryCommandAndTheExitStatuses() {
        Console help = Console.tierdrill("--help");

        assertThat(help.status()).isZero();
        assertThat(help.out().replaceAll("\\s+", " "))
                .contains("rehearse", "import", "inspect", "replay", "stack", "serve", "report", "generate-completion")
                .contains("0 GO or PASS, 1 NO-GO or FAIL, 2 usage or bad input, 3 INVALID measurement, 4 INCONCLUSIVE");
    }

    @Test
    void generatesShellCompletion() {
        Console completion = Console.tierdrill("generate-completion");

        assertThat(completion.status()).isZero();
        assertThat(completion.out()).contains("complete -F _complete_tierdrill", "rehearse");
    }

    @Test
    void guessesAMistypedCommand() {
        Console wrong = Console.tierdrill("reherse");

        assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(wrong.err())
                .contains("Unmatched argument at index 0: 'reherse'")
                .contains("rehearse");
    }

    @Test
    void asksWhichCommandWhenThereIsNone() {
        Console nothing = Console.tierdrill();

        assertThat(nothing.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(nothing.err().lines())
                .containsExactly("Which command? 'tierdrill rehearse' is the main one.", "See 'tierdrill --help'.");
    }
}
