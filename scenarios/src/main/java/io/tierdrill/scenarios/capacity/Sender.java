package io.tierdrill.scenarios.capacity;

import io.tierdrill.analysis.Analysis;
import io.tierdrill.analysis.SloConfig;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.load.LoadConfig;
import io.tierdrill.load.live.LiveConfig;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.profiler.recording.Taken;
import io.tierdrill.scenarios.Rehearsal;
import io.tierdrill.scenarios.Rig;
import io.tierdrill.scenarios.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends one load after another at one stack, each into a run folder of its own. A stack of which a process has died is
 * taken down, and another brought up for the next load. Belongs to one thread.
 */
final class Sender implements AutoCloseable {
    private static final Duration WARMUP = Duration.ofSeconds(1);
    private static final Duration BROKEN_FOR = Duration.ofSeconds(2);
    private static final int HOPELESS = 4;

    private final Scenario scenario;
    private final Path folder;
    private final NanoClock clock;
    private final Clock calendar;
    private final Rehearsal watcher;
    private Optional<Rig> rig = Optional.empty();
    private int sent;
    private int stacks;
    private boolean stopped;

    /** @param folder gets one folder a run, {@code 001}, {@code 002} */
    Sender(Scenario scenario, Path folder, NanoClock clock, Clock calendar, Rehearsal watcher) {
        this.scenario = scenario;
        this.folder = folder;
        this.clock = clock;
        this.calendar = calendar;
        this.watcher = watcher;
    }

    /** A run and where it is. */
    record Sent(RunFolder folder, Verdict verdict) {}

    Scenario scenario() {
        return scenario;
    }

    /** Whether somebody asked for the end. */
    boolean stopped() {
        return stopped;
    }

    /** The same rate for so long; ended early where it is hopeless. */
    Sent level(double perSecond, Duration length) throws IOException, BadInputException, InterruptedException {
        Duration hopeless = scenario.slo().p99().multipliedBy(HOPELESS);
        return send(new Shape.Constant(perSecond), length, LiveConfig.endingAbove(hopeless, BROKEN_FOR));
    }

    /** Any shape, to its end. */
    Sent shaped(Shape shape, Duration length) throws IOException, BadInputException, InterruptedException {
        return send(shape, length, LiveConfig.none());
    }

    /** The same requests each time, to their end; for runs that are compared with each other. */
    Sent same(double perSecond, Duration length) throws IOException, BadInputException, InterruptedException {
        RunFolder run = next();
        return judged(run, standing().run(paired(perSecond, length), run));
    }

    /**
     * As {@link #same}, with the tiers profiled.
     *
     * @param home gets the recordings, {@code name} is theirs
     */
    Profiled profiled(double perSecond, Duration length, Path home, String name)
            throws IOException, BadInputException, InterruptedException {
        RunFolder run = next();
        Rig.Profiled seen = standing().profiled(paired(perSecond, length), run, home, name);
        return new Profiled(judged(run, seen.injection()), seen.taken());
    }

    /** A run and what was profiled in it. */
    record Profiled(Sent sent, List<Taken> taken) {}

    private Scenario paired(double perSecond, Duration length) {
        return step(new Shape.Constant(perSecond), length, LiveConfig.none(), "run with profiles");
    }

    private Sent send(Shape shape, Duration length, LiveConfig rules)
            throws IOException, BadInputException, InterruptedException {
        RunFolder run = next();
        return judged(run, standing().run(step(shape, length, rules, "run " + sent), run));
    }

    private RunFolder next() throws IOException {
        return RunFolder.create(folder.resolve(String.format("%03d", ++sent)));
    }

    private Scenario step(Shape shape, Duration length, LiveConfig rules, String draw) {
        SloConfig promise = new SloConfig(scenario.slo().p99(), scenario.slo().errors(), Optional.empty());
        LoadConfig load = scenario.load().shapedAs(shape, scenario.length()).watchedAs(rules);
        return scenario.with(load, WARMUP, length, promise, scenario.seeds().keyed(draw));
    }

    private Sent judged(RunFolder run, Injection injection) throws IOException, BadInputException {
        stopped = injection.stopped().filter(s -> s.rule().isEmpty()).isPresent();
        Verdict verdict = Analysis.of(run);
        RunFiles.write(run.verdict(), verdict);
        if (anyoneDied()) close();
        return new Sent(run, verdict);
    }

    private Rig standing() throws IOException, BadInputException, InterruptedException {
        if (rig.isEmpty()) {
            RunFolder home = RunFolder.create(folder.resolve("stack-" + ++stacks));
            rig = Optional.of(Rig.up(scenario, home, clock, calendar, watcher));
        }
        return rig.get();
    }

    private boolean anyoneDied() {
        return rig.flatMap(Rig::stack)
                .filter(stack -> stack.members().stream()
                        .anyMatch(m -> !ProcessHandle.of(m.pid())
                                .map(ProcessHandle::isAlive)
                                .orElse(false)))
                .isPresent();
    }

    @Override
    public void close() {
        rig.ifPresent(Rig::close);
        rig = Optional.empty();
    }
}
