package io.tierdrill.scenarios;

import io.tierdrill.analysis.Analysis;
import io.tierdrill.analysis.HtmlReport;
import io.tierdrill.analysis.JunitReport;
import io.tierdrill.analysis.Verdict;
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
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.profiler.ProfileConfig;
import io.tierdrill.profiler.Profiler;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One rehearsal: stack up, replay, profile, stack down, verdict, report. The stages meet only in the run folder, so
 * that {@link #conclude} gives the same verdict on an old folder. Not reusable; belongs to one thread.
 */
public final class Experiment {
    /** Between 'everything stands' and the first due request: time to open files and start probes. */
    private static final Duration LEAD = Duration.ofMillis(300);

    private final NanoClock clock;
    private final Clock calendar;
    private final Rehearsal watcher;

    /**
     * @param clock the monotonic clock of the whole run
     * @param calendar the wall clock, for the record only
     */
    public Experiment(NanoClock clock, Clock calendar, Rehearsal watcher) {
        this.clock = clock;
        this.calendar = calendar;
        this.watcher = watcher;
    }

    /** Runs the scenario into the folder and concludes. Whatever happens, nothing of the stack is left running. */
    public Verdict run(Scenario scenario, RunFolder folder)
            throws IOException, BadInputException, InterruptedException {
        try (Schedule schedule =
                SafeMethods.filter(scenario, Schedules.of(scenario.load(), scenario.length(), scenario.seeds()))) {
            schedule.remarks().forEach(watcher::phase);
            Files.writeString(folder.scenario(), ConfigFile.write(scenario.toMap()));
            try (EventLog log = EventLog.create(folder.events());
                    Live live = Live.open(scenario.load().live())) {
                RunEvents events = new RunEvents(log);
                live.url().ifPresent(url -> watcher.phase("metrics on " + url));
                watcher.phase(Aim.intent(scenario));
                try (Aim aim = Aim.take(scenario, folder, clock, event -> {
                    events.accept(event);
                    watcher.phase(event.subject() + ": " + event.message());
                })) {
                    RunFiles.write(folder.topology(), aim.topology());
                    RunFiles.write(
                            folder.environment(),
                            Environment.describe(calendar, aim.topology().mode()));
                    measure(scenario, schedule, aim, live, folder, events);
                }
            }
        }
        watcher.phase("analysing");
        return conclude(folder);
    }

    private void measure(Scenario scenario, Schedule schedule, Aim aim, Live live, RunFolder folder, RunEvents events)
            throws IOException, BadInputException, InterruptedException {
        practise(scenario, aim);
        long begin = clock.nanos() + LEAD.plus(scenario.warmup()).toNanos();
        NanoClock runClock = clock.since(begin);
        events.begin(begin);
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
                watcher.phase("sending");
                watcher.sending(injector::progress, injector::stop);
                Injection injection = injector.run(
                        schedule, aim.target(), scenario.warmup().toNanos(), Optional.of(folder.latency()));
                watcher.sent();
                injection.stopped().ifPresent(early -> events.accept(stopped(early, runClock.nanos())));
                if (schedule instanceof SafeMethods safe)
                    safe.event(runClock.nanos()).ifPresent(events);
                CheckEvents.of(injection, runClock.nanos()).forEach(events);
                RunFiles.write(folder.injection(), injection);
                RunFiles.write(folder.profiling(), profiler.cost());
            }
        }
    }

    /** On a responder of the injector's own; the stack sees nothing of it. */
    private void practise(Scenario scenario, Aim aim) throws IOException, BadInputException, InterruptedException {
        new Injector(scenario.load().injector(), clock, nobody -> {})
                .with(scenario.load().rules(), scenario.load().check())
                .practise(aim.target(), clock);
    }

    private static RunEvent stopped(Stopped early, long atNanos) {
        String why = early.rule()
                .map(rule -> rule + " was broken: " + early.found().orElseThrow())
                .orElse("it was asked to");
        return new RunEvent(atNanos, "stop", "run", "ended early: " + why);
    }

    /** Verdict and reports of a run folder, new or old. */
    public static Verdict conclude(RunFolder folder) throws IOException, BadInputException {
        Verdict verdict = Analysis.of(folder);
        RunFiles.write(folder.verdict(), verdict);
        HtmlReport.write(folder, verdict);
        JunitReport.write(folder, verdict);
        return verdict;
    }
}
