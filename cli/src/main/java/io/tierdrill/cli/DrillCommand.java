package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import io.tierdrill.scenarios.drill.DrillPlan;
import io.tierdrill.scenarios.drill.DrillReport;
import io.tierdrill.scenarios.drill.DrillReport.Ending;
import io.tierdrill.scenarios.drill.DrillStudy;
import io.tierdrill.targets.DrillAction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a stack bears. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = "Kills, hangs, drains and restarts each component in turn under load, and tells who felt it.",
        footer = {
            "",
            "Examples:  tierdrill drill scenarios/quickstart.yaml --quick",
            "           tierdrill drill my.yaml --at-rate 2000 --actions kill,hang --components l4/1,l7"
        })
final class DrillCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Scenario file. Default: the shipped scenarios/quickstart.yaml.")
    private Optional<Path> file;

    @Option(names = "--at-rate", paramLabel = "N", description = "Requests a second while drilling.")
    private Optional<Double> rate;

    @Option(
            names = "--load-share",
            paramLabel = "X",
            description = "The same as a share of the scenario's own mean rate. Default: 1.")
    private Optional<Double> share;

    @Option(
            names = "--actions",
            split = ",",
            paramLabel = "ACTION",
            description = "Some of kill, hang, drain, restart. Default: all.")
    private List<String> actions = List.of();

    @Option(
            names = "--components",
            split = ",",
            paramLabel = "WHOM",
            description = "Instances such as l4/1, or tiers for one instance of them. Default: one of each tier.")
    private List<String> components = List.of();

    @Option(names = "--quick", description = "20 s a drill instead of 28.")
    private boolean quick;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything drawn by chance.")
    private Optional<Long> seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the drills. Default: runs/<time>-<scenario>.")
    private Optional<Path> folder;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException, InterruptedException {
        Options.aboveZero(spec, "--at-rate", rate);
        Options.aboveZero(spec, "--load-share", share);
        if (rate.isPresent() && share.isPresent())
            throw new ParameterException(spec.commandLine(), "--load-share stands beside --at-rate. Keep one of them.");
        DrillPlan plan = new DrillPlan(rate, share.orElse(1.0), acts(), components, quick);
        var overrides = new Overrides(Optional.empty(), Optional.empty(), seed, Optional.empty());
        Scenario scenario = ScenarioFile.read(file.orElseGet(ShippedFiles::quickstart), overrides);
        RunFolder study = RunFolders.create(folder, "drill-" + scenario.name(), Clock.systemUTC());
        DrillReport report = study(plan, scenario, study);
        RunFiles.write(study.path().resolve("drill.json"), report);
        json.write(spec.commandLine().getOut(), report);
        if (!json.takesStandardOutput()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println();
            DrillText.of(report).forEach(out::println);
            out.println("DRILLS         " + study.path());
        }
        return status(report);
    }

    private DrillReport study(DrillPlan plan, Scenario scenario, RunFolder study)
            throws IOException, BadInputException, InterruptedException {
        NanoClock clock = NanoClock.system();
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), clock);
                DrillStudy drills = new DrillStudy(
                        plan,
                        study.path(),
                        clock,
                        Clock.systemUTC(),
                        progress,
                        result -> progress.phase(DrillText.line(result)))) {
            return drills.run(scenario);
        } catch (BadInputException refused) {
            RunFolders.discard(study);
            throw refused;
        }
    }

    /** Whether all was borne, as far as all was tried. */
    private static int status(DrillReport report) {
        List<Ending> endings =
                report.drills().stream().map(DrillReport.Result::ending).toList();
        if (endings.stream().anyMatch(e -> e != Ending.BORNE && e != Ending.UNKNOWN)) return ExitStatus.NO_GO;
        boolean all = !endings.isEmpty() && !endings.contains(Ending.UNKNOWN) && report.complete();
        return all ? ExitStatus.GO : ExitStatus.INCONCLUSIVE;
    }

    private List<DrillAction> acts() {
        return actions.isEmpty()
                ? DrillPlan.ALL
                : actions.stream().map(this::act).distinct().toList();
    }

    private DrillAction act(String word) {
        return DrillAction.of(word.strip())
                .filter(DrillPlan.ALL::contains)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--actions: cannot use \"" + word + "\". Allowed: kill, hang, drain, restart."));
    }
}
