package io.tierdrill.scenarios.capacity;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.capacity.Forecast;
import io.tierdrill.analysis.capacity.RateInterval;
import io.tierdrill.analysis.capacity.SearchPlan;
import io.tierdrill.analysis.capacity.Step;
import io.tierdrill.analysis.capacity.UniversalScalability;
import io.tierdrill.analysis.finding.CapacityFound;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.StackSetting;
import io.tierdrill.scenarios.capacity.CapacityReport.Experimented;
import io.tierdrill.scenarios.profile.ProfilePages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out how much a stack holds. One search at level load; past the limit and back; again with an instance less of
 * each tier, with the suspected limit moved, with other instance counts, as far as asked. Every step is a run folder of
 * its own and can be analysed again. Belongs to one thread; whatever happens, nothing of a stack is left running.
 */
public final class CapacityStudy {
    private static final List<TierKind> MAY_LOSE = List.of(TierKind.L3, TierKind.L4, TierKind.L7, TierKind.SERVICE);

    /** At low load a tier of several processes may use a tenth of a processor: two hundred samples. */
    private static final Duration PROFILED = Duration.ofSeconds(10);

    private final StudyPlan plan;
    private final Path folder;
    private final NanoClock clock;
    private final Clock calendar;
    private final Rehearsal watcher;
    private final Consumer<Step> listener;
    private final List<String> remarks = new ArrayList<>();
    private boolean stopped;

    /**
     * @param folder gets one folder a search
     * @param listener hears of each step when it is done
     */
    public CapacityStudy(
            StudyPlan plan, Path folder, NanoClock clock, Clock calendar, Rehearsal watcher, Consumer<Step> listener) {
        this.plan = plan;
        this.folder = folder;
        this.clock = clock;
        this.calendar = calendar;
        this.watcher = watcher;
        this.listener = listener;
    }

    /** All that the plan asks for. */
    public CapacityReport run(Scenario scenario) throws IOException, BadInputException, InterruptedException {
        if (scenario.stack().isEmpty()
                && (plan.lost() || plan.prove() || plan.vary().isPresent()))
            throw new BadInputException(new Problem(
                    "target",
                    "",
                    "is somebody else's stack: its instances and limits cannot be moved from here",
                    "Leave out what moves them, or write a 'stack:'."));
        if (plan.profile()) ProfilePages.requireOurs(scenario.target().isPresent());
        Main main = main(scenario);
        return rest(scenario, main);
    }

    /** The search, the way past the limit and the profiles, all on the stack as it is written. */
    private record Main(Searching search, Optional<Overload.Seen> past, Optional<Profiling.Seen> profiles) {
        /** A short step may keep its promises above what comes out in the long run; a capacity is not above it. */
        Optional<RateInterval> capacity() {
            Optional<Double> most = past.flatMap(Overload.Seen::saturation).map(RateInterval::highPerSecond);
            return search.found().map(found -> most.map(found::atMost).orElse(found));
        }
    }

    private Main main(Scenario scenario) throws IOException, BadInputException, InterruptedException {
        double guess = scenario.load().meanPerSecond(scenario.length());
        try (Sender sender = sender(scenario, "search")) {
            Searching search = searching(sender, plan.quick() ? SearchPlan.quick(guess) : SearchPlan.thorough(guess));
            search.run();
            stopped = sender.stopped();
            if (search.stoppedByTheMeasurement())
                remarks.add("the search ended where the measurement gave out, not the stack");
            Optional<Overload.Seen> past = stopped || search.found().isEmpty()
                    ? Optional.empty()
                    : Optional.of(overload(sender, search.found().get()));
            stopped = sender.stopped();
            return new Main(search, past, profiles(sender, search, past));
        }
    }

    /** At what comes out at most, or else at the highest rate that is known to hold. */
    private Optional<Profiling.Seen> profiles(Sender sender, Searching search, Optional<Overload.Seen> past)
            throws IOException, BadInputException, InterruptedException {
        if (!plan.profile() || stopped) return Optional.empty();
        double limit = past.flatMap(Overload.Seen::saturation)
                .or(search::found)
                .map(RateInterval::perSecond)
                .orElse(search.held());
        if (limit <= 0) {
            remarks.add("no profiles: no rate held");
            return Optional.empty();
        }
        Optional<Profiling.Seen> seen = new Profiling(sender, folder, PROFILED, watcher).run(limit);
        stopped = sender.stopped();
        return seen;
    }

    /** The runs that were profiled, and the one that the verdict is of, can be opened by themselves. */
    private void link(Profiling.Seen seen, Sender.Sent telling) throws IOException {
        for (Sender.Sent run : seen.runs()) Profiling.link(run, seen.links(), folder, true);
        Profiling.link(telling, seen.links(), folder, false);
    }

    private CapacityReport rest(Scenario scenario, Main all)
            throws IOException, BadInputException, InterruptedException {
        Searching main = all.search();
        Optional<RateInterval> slo = all.capacity();
        Optional<Overload.Seen> past = all.past();
        Sender.Sent run = main.telling().orElseThrow();
        if (all.profiles().isPresent()) link(all.profiles().get(), run);
        Verdict telling = all.profiles()
                .map(seen -> run.verdict().profiled(new Profiles(seen.links(), false)))
                .orElse(run.verdict());
        Optional<Experimented> experiment = plan.prove() && slo.isPresent() && !stopped
                ? experiment(scenario, main, slo.get(), telling)
                : Optional.empty();
        List<CapacityReport.Lost> lost = plan.lost() && slo.isPresent() ? lost(scenario, slo.get()) : List.of();
        Optional<CapacityReport.Scaling> scaling = plan.vary().isPresent() && !stopped
                ? Optional.of(scaling(scenario, slo.map(RateInterval::perSecond).orElse(main.held())))
                : Optional.empty();
        Optional<Forecast> forecast = plan.peakPerSecond()
                .map(peak -> Forecast.of(
                        peak,
                        plan.headroom(),
                        slo,
                        main.held(),
                        main.demands().stream().findFirst().map(d -> d.fullAtPerSecond())));
        if (stopped) remarks.add("ended early: it was asked to");
        return new CapacityReport(
                verdict(telling, slo, past, forecast, experiment),
                slo,
                main.held(),
                past.flatMap(Overload.Seen::saturation),
                past.map(Overload.Seen::recovery),
                lost,
                alone(scenario),
                forecast,
                main.demands(),
                scaling,
                experiment,
                scenario.slo().p99().toNanos() / (double) plan.step().toNanos(),
                all.profiles().map(Profiling.Seen::cost),
                main.steps(),
                remarks);
    }

    private static Verdict verdict(
            Verdict telling,
            Optional<RateInterval> slo,
            Optional<Overload.Seen> past,
            Optional<Forecast> forecast,
            Optional<Experimented> experiment) {
        Verdict proved =
                experiment.map(LimitExperiment::proof).map(telling::proved).orElse(telling);
        return slo.map(s -> proved.searched(new CapacityFound(
                        s.perSecond(),
                        s.lowPerSecond(),
                        s.highPerSecond(),
                        past.flatMap(Overload.Seen::saturation)
                                .map(RateInterval::perSecond)
                                .orElse(s.perSecond()),
                        forecast.map(Forecast::goalPerSecond),
                        past.map(p -> p.recovery().sentence()))))
                .orElse(proved);
    }

    private Overload.Seen overload(Sender sender, RateInterval slo)
            throws IOException, BadInputException, InterruptedException {
        Overload overload = new Overload(slo.perSecond(), plan.step());
        watcher.phase("past the limit and back");
        return overload.read(sender.shaped(overload.shape(), overload.length()).folder());
    }

    private Optional<Experimented> experiment(Scenario scenario, Searching main, RateInterval slo, Verdict telling)
            throws IOException, BadInputException, InterruptedException {
        var experiment =
                new LimitExperiment(scenario, slo.perSecond(), (moved, name) -> again(moved, name, slo.perSecond()));
        Optional<Experimented> done = telling.bottleneck().isEmpty()
                ? Optional.empty()
                : experiment.run(telling.bottleneck().get(), telling.next(), main.demands());
        if (done.isEmpty()) remarks.add("no experiment: no limit was suspected that could be moved");
        return done;
    }

    private List<CapacityReport.Lost> lost(Scenario scenario, RateInterval slo)
            throws IOException, BadInputException, InterruptedException {
        List<CapacityReport.Lost> lost = new ArrayList<>();
        for (TierKind kind : MAY_LOSE) {
            int n = scenario.stack().orElseThrow().instances(kind);
            if (n < 2 || stopped) continue;
            Scenario less = StackSetting.instances(kind.word()).moved(scenario, n - 1);
            lost.add(new CapacityReport.Lost(
                    kind.word(), n - 1, again(less, "without-one-" + kind.word(), slo.perSecond() * (n - 1) / n)));
        }
        return lost;
    }

    private static List<String> alone(Scenario scenario) {
        return scenario.stack().stream()
                .flatMap(stack -> MAY_LOSE.stream().filter(kind -> stack.instances(kind) == 1))
                .map(TierKind::word)
                .toList();
    }

    private CapacityReport.Scaling scaling(Scenario scenario, double known)
            throws IOException, BadInputException, InterruptedException {
        StudyPlan.Vary vary = plan.vary().orElseThrow();
        List<CapacityReport.Count> counts = new ArrayList<>();
        List<UniversalScalability.Measured> measured = new ArrayList<>();
        double now = StackSetting.instances(vary.tier()).of(scenario).orElse(1.0);
        for (int count : vary.counts()) {
            if (stopped) break;
            Scenario other = StackSetting.instances(vary.tier()).moved(scenario, count);
            double guess = measured.isEmpty()
                    ? known * Math.min(1, count / now)
                    : measured.get(measured.size() - 1).perSecond();
            Optional<RateInterval> found = again(other, vary.tier() + "-" + count, guess);
            counts.add(new CapacityReport.Count(count, found));
            found.ifPresent(f -> measured.add(new UniversalScalability.Measured(count, f.perSecond())));
        }
        return new CapacityReport.Scaling(vary.tier(), counts, UniversalScalability.fit(measured));
    }

    /** The capacity of another stack, near what is expected of it. */
    private Optional<RateInterval> again(Scenario scenario, String name, double near)
            throws IOException, BadInputException, InterruptedException {
        if (stopped) return Optional.empty();
        try (Sender sender = sender(scenario, name)) {
            watcher.phase("again: " + name);
            Searching search = searching(sender, SearchPlan.near(near));
            search.run();
            stopped = sender.stopped();
            return search.found();
        }
    }

    private Sender sender(Scenario scenario, String name) {
        return new Sender(scenario, folder.resolve(name), clock, calendar, watcher);
    }

    private Searching searching(Sender sender, SearchPlan how) {
        return new Searching(sender, how, plan.step(), sender.scenario().seeds().stream("order of repeats"), listener);
    }
}
