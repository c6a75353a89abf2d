package io.tierdrill.scenarios;

import io.tierdrill.load.Injector;
import io.tierdrill.load.Schedule;
import io.tierdrill.load.Schedules;
import io.tierdrill.load.live.Live;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.run.EventLog;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RequestSampleWriter;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.run.SampleWriter;
import io.tierdrill.model.run.Stopped;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.profiler.ProfileConfig;
import io.tierdrill.profiler.Profiler;
import io.tierdrill.profiler.Watched;
import io.tierdrill.profiler.recording.StackRecorder;
import io.tierdrill.profiler.recording.Taken;
import io.tierdrill.scenarios.events.Conductor;
import io.tierdrill.targets.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A stack that stands, ours or somebody else's, with what it takes to send at it and to watch it: one or more runs, one
 * after the other, each into a run folder of its own. Belongs to one thread; closing takes our stack down, whatever
 * happened.
 */
public final class Rig implements AutoCloseable {
    /** Between 'everything stands' and the first due request: time to open files and start probes. */
    private static final Duration LEAD = Duration.ofMillis(300);

    private final NanoClock clock;
    private final Clock calendar;
    private final Rehearsal watcher;
    private final RunEvents events;
    private final Aim aim;
    private boolean practised;
    private Instant measuredFrom = Instant.MAX;

    private Rig(NanoClock clock, Clock calendar, Rehearsal watcher, RunEvents events, Aim aim) {
        this.clock = clock;
        this.calendar = calendar;
        this.watcher = watcher;
        this.events = events;
        this.aim = aim;
    }

    /**
     * Brings up the scenario's stack, or aims at its target.
     *
     * @param home where the processes' settings and logs go
     * @param clock the monotonic clock of everything
     * @param calendar the wall clock, for the record only
     */
    public static Rig up(Scenario scenario, RunFolder home, NanoClock clock, Clock calendar, Rehearsal watcher)
            throws IOException, BadInputException, InterruptedException {
        RunEvents events = new RunEvents();
        watcher.phase(Aim.intent(scenario));
        Aim aim = Aim.take(scenario, home, clock, event -> {
            events.accept(event);
            watcher.phase(event.subject() + ": " + event.message());
        });
        return new Rig(clock, calendar, watcher, events, aim);
    }

    /** Our own stack, or nothing where it is somebody else's. */
    public Optional<Stack> stack() {
        return aim.stack();
    }

    /** Sends the scenario's load at what stands and leaves in the folder what was seen. */
    public Injection run(Scenario scenario, RunFolder folder)
            throws IOException, BadInputException, InterruptedException {
        try (Schedule schedule = schedule(scenario)) {
            schedule.remarks().forEach(watcher::phase);
            return run(scenario, schedule, folder);
        }
    }

    /** What the scenario sends, and when. */
    static Schedule schedule(Scenario scenario) throws IOException, BadInputException {
        return SafeMethods.filter(scenario, Schedules.of(scenario.load(), scenario.length(), scenario.seeds()));
    }

    /** As {@link #run(Scenario, RunFolder)} with a schedule opened before, so that its faults show before a stack is up. */
    Injection run(Scenario scenario, Schedule schedule, RunFolder folder)
            throws IOException, BadInputException, InterruptedException {
        Files.writeString(folder.scenario(), ConfigFile.write(scenario.toMap()));
        RunFiles.write(folder.topology(), aim.topology());
        RunFiles.write(
                folder.environment(),
                Environment.describe(calendar, aim.topology().mode()));
        try (EventLog log = EventLog.create(folder.events());
                Live live = Live.open(scenario.load().live())) {
            live.url().ifPresent(url -> watcher.phase("metrics on " + url));
            return measure(scenario, schedule, live, folder, log);
        } finally {
            events.end();
        }
    }

    private Injection measure(Scenario scenario, Schedule schedule, Live live, RunFolder folder, EventLog log)
            throws IOException, BadInputException, InterruptedException {
        if (!practised) practise(scenario);
        System.gc(); // What is left of earlier work would be copied while requests are due.
        long begin = clock.nanos() + LEAD.plus(scenario.warmup()).toNanos();
        measuredFrom = calendar.instant().plusNanos(begin - clock.nanos());
        NanoClock runClock = clock.since(begin);
        try (SampleWriter samples = SampleWriter.create(folder.samples());
                RequestSampleWriter requests = RequestSampleWriter.create(folder.requests())) {
            Injector injector = new Injector(
                            scenario.load().injector().forPromise(scenario.slo().p99()), live, runClock, requests)
                    .with(scenario.load().rules(), scenario.load().check());
            try (Profiler profiler = Profiler.start(
                    ProfileConfig.standard(),
                    aim.watched(),
                    Map.of(
                            Aim.INJECTOR,
                            () -> Optional.of(injector.progress().tierSample(Aim.INJECTOR, runClock.nanos()))),
                    runClock,
                    samples)) {
                events.begin(begin, event -> {
                    log.accept(event);
                    watchAgain(event, profiler);
                });
                watcher.phase("sending");
                watcher.sending(injector::progress, injector::stop);
                Injection injection = inject(injector, schedule, scenario, runClock, folder, log);
                watcher.sent();
                injection.stopped().ifPresent(early -> log.accept(stopped(early, runClock.nanos())));
                if (schedule instanceof SafeMethods safe)
                    safe.event(runClock.nanos()).ifPresent(log);
                CheckEvents.of(injection, runClock.nanos()).forEach(log);
                RunFiles.write(folder.injection(), injection);
                RunFiles.write(folder.profiling(), profiler.cost());
                return injection;
            }
        }
    }

    /**
     * A run, and the profiles of the tiers' processes over its measured time.
     *
     * @param taken one for each process, outermost tier first
     */
    public record Profiled(Injection injection, List<Taken> taken) {}

    /**
     * As {@link #run(Scenario, RunFolder)}, with the stacks of the tiers' processes sampled meanwhile; what that costs is
     * in the figures of the run. The samplers are started before anything is sent.
     *
     * @param home gets the recordings, a folder for each process
     * @param name of the recordings: {@code baseline}
     */
    public Profiled profiled(Scenario scenario, RunFolder folder, Path home, String name)
            throws IOException, BadInputException, InterruptedException {
        try (Schedule schedule = schedule(scenario)) {
            schedule.remarks().forEach(watcher::phase);
            return profiled(scenario, schedule, folder, home, name);
        }
    }

    Profiled profiled(Scenario scenario, Schedule schedule, RunFolder folder, Path home, String name)
            throws IOException, BadInputException, InterruptedException {
        List<Watched> tiers = aim.tiers();
        watcher.phase("starting profilers in " + tiers.size() + (tiers.size() == 1 ? " process" : " processes"));
        try (StackRecorder recorder = StackRecorder.start(tiers, home, name)) {
            Injection injection = run(scenario, schedule, folder);
            Instant now = calendar.instant();
            Instant end = measuredFrom.plus(scenario.duration());
            Instant until = now.isBefore(end) ? now : end;
            recorder.stop();
            watcher.phase("reading the profiles");
            double seconds = Math.max(0, Duration.between(measuredFrom, until).toMillis() / 1e3);
            String load = String.format(Locale.ROOT, "%s, %,.0f req/s", name, injection.offeredPerSecond());
            long answers = Math.round(injection.achievedPerSecond() * seconds);
            Map<InstanceId, Double> cpu = CpuUse.read(folder, Duration.between(measuredFrom, until));
            return new Profiled(injection, recorder.taken(measuredFrom, until, load, answers, cpu));
        }
    }

    /** On a responder of the injector's own, once; the stack sees nothing of it. */
    private void practise(Scenario scenario) throws IOException, BadInputException, InterruptedException {
        practised = true;
        new Injector(scenario.load().injector(), clock, nobody -> {})
                .with(scenario.load().rules(), scenario.load().check())
                .practise(aim.target(), clock);
    }

    /** While requests flow, what was planned happens to the stack. */
    private Injection inject(
            Injector injector,
            Schedule schedule,
            Scenario scenario,
            NanoClock runClock,
            RunFolder folder,
            Consumer<RunEvent> log)
            throws IOException, BadInputException, InterruptedException {
        Optional<Conductor> conductor = aim.stack()
                .filter(stack -> !scenario.events().isEmpty())
                .map(stack -> Conductor.start(
                        scenario.events(),
                        scenario.stack().orElseThrow(),
                        scenario.seeds(),
                        stack::perform,
                        runClock,
                        log));
        try {
            return injector.run(schedule, aim.target(), scenario.warmup().toNanos(), Optional.of(folder.latency()));
        } finally {
            conductor.ifPresent(Conductor::close);
        }
    }

    /** A process that was started in place of another is watched in its place. */
    private void watchAgain(RunEvent event, Profiler profiler) {
        if (event.kind().equals("restart"))
            aim.watched().stream()
                    .filter(w -> w.id().toString().equals(event.subject()))
                    .forEach(profiler::watch);
    }

    private static RunEvent stopped(Stopped early, long atNanos) {
        String why = early.rule()
                .map(rule -> rule + " was broken: " + early.found().orElseThrow())
                .orElse("it was asked to");
        return new RunEvent(atNanos, "stop", "run", "ended early: " + why);
    }

    @Override
    public void close() {
        aim.close();
    }
}
