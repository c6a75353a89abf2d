package io.tierdrill.scenarios;

import io.tierdrill.analysis.Analysis;
import io.tierdrill.analysis.HtmlReport;
import io.tierdrill.analysis.JunitReport;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.load.Schedule;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.profiler.recording.Taken;
import io.tierdrill.scenarios.profile.ProfilePages;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * One rehearsal: stack up, replay, profile, stack down, verdict, report. The stages meet only in the run folder, so
 * that {@link #conclude} gives the same verdict on an old folder. Not reusable; belongs to one thread.
 */
public final class Experiment {
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
        return run(scenario, folder, false);
    }

    /** @param profile whether the tiers' stacks are sampled meanwhile, at the run's own cost */
    public Verdict run(Scenario scenario, RunFolder folder, boolean profile)
            throws IOException, BadInputException, InterruptedException {
        if (profile) ProfilePages.requireOurs(scenario.target().isPresent());
        try (Schedule schedule = Rig.schedule(scenario)) {
            schedule.remarks().forEach(watcher::phase);
            try (Rig rig = Rig.up(scenario, folder, clock, calendar, watcher)) {
                if (profile) profiled(rig, scenario, schedule, folder);
                else rig.run(scenario, schedule, folder);
            }
        }
        watcher.phase("analysing");
        return conclude(folder);
    }

    private static void profiled(Rig rig, Scenario scenario, Schedule schedule, RunFolder folder)
            throws IOException, BadInputException, InterruptedException {
        String name = "run";
        List<Taken> taken = rig.profiled(scenario, schedule, folder, folder.profiles(), name)
                .taken();
        List<ProfileLink> links = new ProfilePages(folder.path(), folder.profiles()).write(taken, name);
        RunFiles.write(folder.profileList(), new Profiles(links, true));
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
