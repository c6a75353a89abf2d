package io.tierdrill.cli;

import io.tierdrill.analysis.score.Group;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.evaluate.Evaluation;
import io.tierdrill.scenarios.evaluate.EvaluationPlan;
import io.tierdrill.scenarios.evaluate.EvaluationReport;
import io.tierdrill.scenarios.evaluate.Matrix;
import io.tierdrill.scenarios.evaluate.MatrixFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How right our own verdicts are. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Plants known bottlenecks, asks for the verdict without telling it, and scores the answers.",
        footer = {
            "",
            "Exit status: 0 the targets are met, 1 they are not, 4 it was cut short.",
            "Examples:  tierdrill evaluate scenarios/matrix/slice.yaml --out accuracy",
            "           tierdrill evaluate scenarios/matrix/slice.yaml --out accuracy --resume"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MATRIX", description = "What to plant where, such as slice.yaml.")
    private Path file;

    @Option(names = "--only", paramLabel = "GROUP", description = "Only these: planted, healthy, generator or double.")
    private Optional<String> only;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the evaluation. Default: runs/<time>-<matrix>.")
    private Optional<Path> folder;

    @Option(names = "--resume", description = "Go on in the folder of --out with what is not done yet.")
    private boolean resume;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException, InterruptedException {
        if (resume && folder.isEmpty())
            throw new ParameterException(spec.commandLine(), "--resume: needs --out DIR, the folder to go on in.");
        Optional<Group> group = only.map(this::group);
        Matrix matrix = MatrixFile.read(file);
        Path out = resume
                ? folder.get()
                : RunFolders.create(folder, "evaluate-" + matrix.name(), Clock.systemUTC())
                        .path();
        EvaluationReport report = evaluate(new EvaluationPlan(matrix, group, resume), out);
        RunFiles.write(out.resolve("evaluation.json"), report);
        PrintWriter screen = spec.commandLine().getOut();
        json.write(screen, report);
        if (!json.takesStandardOutput()) {
            screen.println();
            EvaluationText.of(report).forEach(screen::println);
            screen.println("EVALUATION     " + out);
        }
        if (!report.complete()) return ExitStatus.INCONCLUSIVE;
        return report.all().onTarget() ? ExitStatus.GO : ExitStatus.NO_GO;
    }

    private EvaluationReport evaluate(EvaluationPlan plan, Path out)
            throws IOException, BadInputException, InterruptedException {
        NanoClock clock = NanoClock.system();
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), clock)) {
            return new Evaluation(
                            plan,
                            out,
                            clock,
                            Clock.systemUTC(),
                            progress,
                            step -> progress.phase(EvaluationText.line(step)))
                    .run();
        }
    }

    private Group group(String word) {
        if (Group.words().contains(word)) return Group.of(word);
        throw new ParameterException(
                spec.commandLine(),
                "--only: unknown group \"" + word + "\". Known: " + String.join(", ", Group.words()) + ".");
    }
}
