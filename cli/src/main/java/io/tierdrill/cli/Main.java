package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code tierdrill}: reads the command line, runs one subcommand, ends with its status. */
@Command(
        name = "tierdrill",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Rehearses a peak on a load-balancer stack and names the tier that breaks first.",
        footer = {
            "",
            "Exit status: 0 GO or PASS, 1 NO-GO or FAIL, 2 usage or bad input, 3 INVALID measurement, 4 INCONCLUSIVE.",
            "Begin with:  tierdrill rehearse"
        })
public final class Main implements Runnable {
    /** By name, in the order of the help. */
    static final Map<String, Class<?>> COMMANDS = commands();

    /** These tell of the others. */
    private static final Set<String> NEED_ALL = Set.of("help", "generate-completion");

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        int status = run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
        System.exit(status);
    }

    /** The whole command with its output handed in; returns the exit status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine(args)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .registerConverter(Duration.class, new Options.DurationOption())
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed)
                .execute(args);
    }

    /** With the subcommand asked for alone, where it is one: making all of them takes a third of a second. */
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        boolean all = args.length == 0 || NEED_ALL.contains(args[0]) || !COMMANDS.containsKey(args[0]);
        COMMANDS.forEach((name, command) -> {
            if (all || name.equals(args[0])) line.addSubcommand(command);
        });
        return line;
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("rehearse", RehearseCommand.class);
        commands.put("record", RecordCommand.class);
        commands.put("import", ImportCommand.class);
        commands.put("inspect", InspectCommand.class);
        commands.put("replay", ReplayCommand.class);
        commands.put("capacity", CapacityCommand.class);
        commands.put("evaluate", EvaluateCommand.class);
        commands.put("drill", DrillCommand.class);
        commands.put("stack", StackCommand.class);
        commands.put("serve", ServeCommand.class);
        commands.put("report", ReportCommand.class);
        commands.put("generate-completion", AutoComplete.GenerateCompletion.class);
        commands.put("help", HelpCommand.class);
        return Collections.unmodifiableMap(commands);
    }

    /** Without a subcommand: say what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? 'tierdrill rehearse' is the main one.");
    }

    private static int misused(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof BadInputException bad) {
            command.getErr().println(bad.getMessage());
            return ExitStatus.USAGE;
        }
        if (failure instanceof java.io.IOException io) {
            command.getErr().println(IoText.of(io));
            return ExitStatus.USAGE;
        }
        command.getErr().println("This is a fault of Tierdrill itself; please report it with these lines:");
        failure.printStackTrace(command.getErr());
        return ExitStatus.FAULT;
    }
}
