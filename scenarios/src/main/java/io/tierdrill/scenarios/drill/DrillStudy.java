package io.tierdrill.scenarios.drill;

import io.tierdrill.analysis.Analysis;
import io.tierdrill.analysis.SloConfig;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.load.LoadConfig;
import io.tierdrill.load.live.LiveConfig;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import io.tierdrill.scenarios.Rig;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.drill.DrillReport.Ending;
import io.tierdrill.scenarios.drill.DrillReport.Result;
import io.tierdrill.scenarios.events.EventReader;
import io.tierdrill.scenarios.events.PlannedEvent;
import io.tierdrill.targets.DrillAction;
import io.tierdrill.targets.StackConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Drills each component in turn, at level load. A drill is a run with planned events, in a folder of its own that can be
 * analysed again; the next begins on a stack that is whole, the same or where need be another. Belongs to one thread;
 * whatever happens, nothing of a stack is left running, hung processes included.
 */
public final class DrillStudy implements AutoCloseable {
    private static final Duration WARMUP = Duration.ofSeconds(1);

    private final DrillPlan plan;
    private final Path folder;
    private final NanoClock clock;
    private final Clock calendar;
    private final Rehearsal watcher;
    private final Consumer<Result> listener;
    private final List<String> skipped = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private Optional<Rig> rig = Optional.empty();
    private int stacks;
    private boolean stopped;

    /**
     * @param folder gets one folder a drill
     * @param listener hears of each when it is done
     */
    public DrillStudy(
            DrillPlan plan,
            Path folder,
            NanoClock clock,
            Clock calendar,
            Rehearsal watcher,
            Consumer<Result> listener) {
        this.plan = plan;
        this.folder = folder;
        this.clock = clock;
        this.calendar = calendar;
        this.watcher = watcher;
        this.listener = listener;
    }

    /** All that the plan asks for, or what was done until somebody asked for the end. */
    public DrillReport run(Scenario scenario) throws IOException, BadInputException, InterruptedException {
        StackConfig stack = scenario.stack()
                .orElseThrow(() -> new BadInputException(new Problem(
                        "target",
                        "",
                        "is somebody else's stack: nothing of it can be killed from here",
                        "Write a 'stack:'.")));
        List<InstanceId> components = components(scenario, stack);
        double rate =
                plan.atRate().orElseGet(() -> plan.loadShare() * scenario.load().meanPerSecond(scenario.length()));
        for (InstanceId component : components)
            for (DrillAction action : plan.actions()) if (!stopped) drill(scenario, stack, rate, component, action);
        close();
        List<String> single = results.stream()
                .filter(r -> r.ending() == Ending.SINGLE_POINT)
                .map(Result::component)
                .distinct()
                .toList();
        return new DrillReport(rate, !stopped, results, single, skipped, remarks);
    }

    private List<InstanceId> components(Scenario scenario, StackConfig stack) throws BadInputException {
        List<InstanceId> components = new ArrayList<>();
        List<String> asked = plan.components().isEmpty()
                ? Arrays.stream(TierKind.values())
                        .filter(tier -> stack.instances(tier) > 0)
                        .map(TierKind::word)
                        .toList()
                : plan.components();
        for (String whom : asked)
            components.add(PlannedEvent.instance(whom, stack, scenario.seeds())
                    .orElseThrow(() -> new BadInputException(new Problem(
                            "--components",
                            "",
                            "there is no \"" + whom + "\" in this stack",
                            EventReader.known(stack)))));
        return components.stream().distinct().toList();
    }

    private void drill(Scenario scenario, StackConfig stack, double rate, InstanceId component, DrillAction action)
            throws IOException, BadInputException, InterruptedException {
        TierKind kind = PlannedEvent.kind(component.tier()).orElseThrow();
        if (action == DrillAction.DRAIN && !stack.canDrain(kind)) {
            skipped.add(action.word() + " " + component + ": no tier in front of it could leave it out");
            return;
        }
        watcher.phase("drill " + (results.size() + 1) + ": " + action.word() + " " + component);
        String name =
                String.format("%02d-%s-%s-%d", results.size() + 1, action.word(), component.tier(), component.number());
        RunFolder run = RunFolder.create(folder.resolve(name));
        // The first of a stack runs everybody in, the injector too.
        Duration warmup = rig.isEmpty() && scenario.warmup().compareTo(WARMUP) > 0 ? scenario.warmup() : WARMUP;
        Injection injection = standing(scenario).run(drilled(scenario, rate, warmup, component, action), run);
        stopped = injection.stopped().filter(s -> s.rule().isEmpty()).isPresent();
        if (stopped) return;
        Verdict verdict = Analysis.of(run);
        RunFiles.write(run.verdict(), verdict);
        DrillReading reading = DrillReading.of(run, component, action, verdict.validity());
        results.add(reading.result());
        listener.accept(reading.result());
        if (!reading.allWell() || !rig.flatMap(Rig::stack).orElseThrow().isWhole()) {
            remarks.add("after " + name + " the stack was not whole; the next drill began on a new one");
            close();
        }
    }

    private Scenario drilled(
            Scenario scenario, double rate, Duration warmup, InstanceId component, DrillAction action) {
        LoadConfig load = scenario.load()
                .shapedAs(new Shape.Constant(rate), scenario.length())
                .watchedAs(LiveConfig.none());
        SloConfig promise = new SloConfig(scenario.slo().p99(), scenario.slo().errors(), Optional.empty());
        long seed = scenario.seeds().keyed("drill " + results.size());
        List<PlannedEvent> events = new ArrayList<>();
        events.add(new PlannedEvent(plan.before(), action, component.toString()));
        undo(action)
                .ifPresent(u -> events.add(new PlannedEvent(plan.before().plus(plan.away()), u, component.toString())));
        return scenario.with(load, warmup, plan.length(), promise, seed).with(events);
    }

    private static Optional<DrillAction> undo(DrillAction action) {
        return switch (action) {
            case KILL -> Optional.of(DrillAction.RESTART);
            case HANG, DRAIN -> Optional.of(DrillAction.RESUME);
            case RESTART, RESUME -> Optional.empty();
        };
    }

    private Rig standing(Scenario scenario) throws IOException, BadInputException, InterruptedException {
        if (rig.isEmpty()) {
            RunFolder home = RunFolder.create(folder.resolve("stack-" + ++stacks));
            rig = Optional.of(Rig.up(scenario, home, clock, calendar, watcher));
        }
        return rig.get();
    }

    /** Takes down what stands. */
    @Override
    public void close() {
        rig.ifPresent(Rig::close);
        rig = Optional.empty();
    }
}
