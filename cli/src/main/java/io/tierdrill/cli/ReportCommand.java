package io.tierdrill.cli;

import io.tierdrill.analysis.FirstScreen;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Experiment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An old run folder, judged and rendered again. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Judges a run folder again and renders its report; the same folder gives the same verdict.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, such as runs/20261231-235900-quickstart.")
    private Path path;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException {
        RunFolder run = new RunFolder(path);
        if (!Files.exists(run.scenario()))
            throw new BadInputException(new Problem(
                    path.toString(),
                    "",
                    "is not a run folder: it has no scenario.yaml",
                    "'tierdrill rehearse' makes one."));
        Verdict verdict;
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), NanoClock.system())) {
            progress.phase("analysing");
            verdict = Experiment.conclude(run);
        }
        PrintWriter out = spec.commandLine().getOut();
        json.write(out, verdict);
        if (!json.takesStandardOutput()) {
            out.println(FirstScreen.text(verdict));
            out.println("REPORT         " + run.report());
        }
        return verdict.exitStatus();
    }
}
