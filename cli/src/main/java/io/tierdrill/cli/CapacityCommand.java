package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import io.tierdrill.scenarios.capacity.CapacityReport;
import io.tierdrill.scenarios.capacity.CapacityStudy;
import io.tierdrill.scenarios.capacity.StudyPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How much a stack holds. */
@Command(
        name = "capacity",
        mixinStandardHelpOptions = true,
        description = "Finds the highest rate at which a stack keeps its promises, and what is behind it.",
        footer = {
            "",
            "Examples:  tierdrill capacity scenarios/quickstart.yaml --quick",
            "           tierdrill capacity my.yaml --peak 4000 --prove --without-one",
            "           tierdrill capacity my.yaml --quick --vary service=1,2,3,4,6,8"
        })
final class CapacityCommand implements Callable<Integer> {
    private static final Pattern VARY = Pattern.compile("(dns|l3|l4|l7|service)=(\\d{1,3}(?:,\\d{1,3})+)");
    private static final Pattern HEADROOM = Pattern.compile("(\\d{1,4}(?:\\.\\d+)?)%");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Scenario file. Default: the shipped scenarios/quickstart.yaml.")
    private Optional<Path> file;

    @Option(names = "--quick", description = "A bracket of 8 %% instead of 3 %%, and some 8 steps instead of 17.")
    private boolean quick;

    @Option(names = "--peak", paramLabel = "N", description = "The peak you expect, in requests a second.")
    private Optional<Double> peak;

    @Option(
            names = "--goal",
            paramLabel = "P%",
            description = "What must be held, as a share of the peak. Default: 150%%.")
    private Optional<String> goal;

    @Option(
            names = "--without-one",
            description = "Search again with one instance less of each tier: the safe rate is what holds then.")
    private boolean withoutOne;

    @Option(
            names = "--prove",
            description =
                    "Move the suspected limit and its runner-up up and down, and see whether the capacity follows.")
    private boolean prove;

    @Option(
            names = "--vary",
            paramLabel = "TIER=N,N,...",
            description = "Search with each of these instance counts, and fit the Universal Scalability Law.")
    private Optional<String> vary;

    @Option(
            names = "--profile",
            description =
                    "Flame graphs of every tier at low load and at the limit, and how they differ: four more runs,"
                            + " which also tell what profiling costs. No figure of the search is touched.")
    private boolean profile;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything drawn by chance.")
    private Optional<Long> seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the study. Default: runs/<time>-<scenario>.")
    private Optional<Path> folder;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException, InterruptedException {
        Options.aboveZero(spec, "--peak", peak);
        StudyPlan plan = new StudyPlan(quick, peak, headroom(), withoutOne, prove, vary.map(this::varied), profile);
        var overrides = new Overrides(Optional.empty(), Optional.empty(), seed, Optional.empty());
        Scenario scenario = ScenarioFile.read(file.orElseGet(ShippedFiles::quickstart), overrides);
        RunFolder study = RunFolders.create(folder, "capacity-" + scenario.name(), Clock.systemUTC());
        CapacityReport report = study(plan, scenario, study);
        RunFiles.write(study.path().resolve("capacity.json"), report);
        PrintWriter out = spec.commandLine().getOut();
        json.write(out, report);
        if (!json.takesStandardOutput()) {
            out.println();
            CapacityText.of(report).forEach(out::println);
            out.println("STUDY          " + study.path());
        }
        return status(report);
    }

    private CapacityReport study(StudyPlan plan, Scenario scenario, RunFolder study)
            throws IOException, BadInputException, InterruptedException {
        NanoClock clock = NanoClock.system();
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), clock)) {
            return new CapacityStudy(
                            plan,
                            study.path(),
                            clock,
                            Clock.systemUTC(),
                            progress,
                            step -> progress.phase(CapacityText.line(step)))
                    .run(scenario);
        } catch (BadInputException refused) {
            RunFolders.discard(study);
            throw refused;
        }
    }

    /** Where a goal was stated, whether it is held; otherwise whether a capacity was found. */
    private static int status(CapacityReport report) {
        if (report.forecast().isPresent())
            return switch (report.forecast().get().answer()) {
                case HOLDS -> ExitStatus.GO;
                case BREAKS -> ExitStatus.NO_GO;
                case OPEN -> ExitStatus.INCONCLUSIVE;
            };
        return report.slo().isPresent() ? ExitStatus.GO : ExitStatus.INCONCLUSIVE;
    }

    private double headroom() {
        if (goal.isEmpty()) return StudyPlan.HEADROOM;
        Matcher m = HEADROOM.matcher(goal.get().strip());
        if (m.matches() && Double.parseDouble(m.group(1)) > 0) return Double.parseDouble(m.group(1)) / 100;
        throw new ParameterException(
                spec.commandLine(),
                "--goal: cannot use \"" + goal.get() + "\". Allowed: a share of the peak above 0%, such as 150%.");
    }

    private StudyPlan.Vary varied(String text) {
        Matcher m = VARY.matcher(text.strip());
        List<Integer> counts = new ArrayList<>();
        if (m.matches()) for (String n : m.group(2).split(",")) counts.add(Integer.parseInt(n));
        if (m.matches() && !counts.contains(0)) return new StudyPlan.Vary(m.group(1), counts);
        throw new ParameterException(
                spec.commandLine(),
                "--vary: cannot use \"" + text + "\". Allowed: a tier and two or more counts above 0, such as"
                        + " service=1,2,4.");
    }
}
