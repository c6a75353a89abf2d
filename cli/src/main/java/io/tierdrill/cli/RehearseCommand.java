package io.tierdrill.cli;

import io.tierdrill.analysis.FirstScreen;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Experiment;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = "Brings the stack up, replays the load, watches every tier, and says what breaks first.",
        footer = {"", "Example:  tierdrill rehearse scenarios/quickstart.yaml --scale 2 --duration 30s"})
final class RehearseCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Scenario file. Default: the shipped scenarios/quickstart.yaml.")
    private Optional<Path> file;

    @Option(names = "--scale", paramLabel = "N", description = "N times the load: more users, not hastier ones.")
    private Optional<Double> scale;

    @Option(names = "--duration", paramLabel = "D", description = "Measured time, such as 30s or 2m.")
    private Optional<Duration> duration;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything drawn by chance.")
    private Optional<Long> seed;

    @Option(
            names = "--profile",
            description = "Flame graphs of every tier, taken during the run; its figures then contain what that costs"
                    + " ('tierdrill capacity --profile' tells how much).")
    private boolean profile;

    @Option(names = "--out", paramLabel = "DIR", description = "Run folder. Default: runs/<time>-<scenario>.")
    private Optional<Path> folder;

    @Mixin
    private LiveOptions live;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException, InterruptedException {
        Options.aboveZero(spec, "--scale", scale);
        Options.withinDay(spec, "--duration", duration);
        var overrides = new Overrides(scale, duration, seed, Optional.of(live.config(spec)));
        Scenario scenario = ScenarioFile.read(file.orElseGet(ShippedFiles::quickstart), overrides);
        RunFolder run = RunFolders.create(folder, scenario.name(), Clock.systemUTC());
        PrintWriter out = spec.commandLine().getOut();
        Verdict verdict = rehearse(scenario, run);
        json.write(out, verdict);
        if (!json.takesStandardOutput()) {
            out.println();
            out.println(FirstScreen.text(verdict));
            out.println("REPORT         " + run.report());
        }
        return verdict.exitStatus();
    }

    private Verdict rehearse(Scenario scenario, RunFolder run)
            throws IOException, BadInputException, InterruptedException {
        NanoClock clock = NanoClock.system();
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), clock)) {
            return new Experiment(clock, Clock.systemUTC(), progress).run(scenario, run, profile);
        } catch (BadInputException refused) {
            RunFolders.discard(run);
            throw refused;
        }
    }
}
