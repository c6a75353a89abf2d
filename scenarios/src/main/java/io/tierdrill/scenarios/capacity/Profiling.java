package io.tierdrill.scenarios.capacity;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.analysis.finding.TierRow;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.scenarios.Rehearsal;
import io.tierdrill.scenarios.profile.ProfilePages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Profiles of the standing stack at low load and at its limit, in runs of their own, and what profiling costs: the low
 * load is sent three times with the same requests, without, with and without it, so that a stack that slowly changes
 * does not pass for a cost.
 */
final class Profiling {
    private static final double LOW = 0.3;
    private static final String BASELINE = "baseline";
    private static final String SATURATION = "saturation";

    private final Sender sender;
    private final RunFolder study;
    private final Duration length;
    private final Rehearsal watcher;

    Profiling(Sender sender, Path study, Duration length, Rehearsal watcher) {
        this.sender = sender;
        this.study = new RunFolder(study);
        this.length = length;
        this.watcher = watcher;
    }

    /**
     * What was found.
     *
     * @param links from the study's folder
     * @param runs in which the profiler ran
     */
    record Seen(List<ProfileLink> links, ProfilingCost cost, List<Sender.Sent> runs) {}

    /**
     * Four runs; nothing where somebody asked for the end before the last.
     *
     * @param limit requests a second: what the stack can give
     */
    Optional<Seen> run(double limit) throws IOException, BadInputException, InterruptedException {
        double low = LOW * limit;
        watcher.phase("profiles: low load without them, with, without; then the limit");
        Verdict first = sender.same(low, length).verdict();
        if (sender.stopped()) return Optional.empty();
        Sender.Profiled baseline = sender.profiled(low, length, study.profiles(), BASELINE);
        if (sender.stopped()) return Optional.empty();
        Verdict second = sender.same(low, length).verdict();
        if (sender.stopped()) return Optional.empty();
        Sender.Profiled saturation = sender.profiled(limit, length, study.profiles(), SATURATION);
        List<ProfileLink> links = new ProfilePages(study.path(), study.profiles())
                .compare(baseline.taken(), BASELINE, saturation.taken(), SATURATION);
        ProfilingCost cost =
                ProfilingCost.of(cpuMicros(first), cpuMicros(baseline.sent().verdict()), cpuMicros(second));
        return Optional.of(new Seen(links, cost, List.of(baseline.sent(), saturation.sent())));
    }

    /** Of all tiers, for a good answer. */
    private static Optional<Double> cpuMicros(Verdict verdict) {
        double cores = verdict.tiers().stream()
                .flatMap(tier -> tier.cpuCores().stream())
                .mapToDouble(Double::doubleValue)
                .sum();
        double answers = verdict.capacity().goodputPerSecond();
        boolean all = verdict.tiers().stream().map(TierRow::cpuCores).allMatch(Optional::isPresent);
        return all && cores > 0 && answers > 0 ? Optional.of(1e6 * cores / answers) : Optional.empty();
    }

    /** Links the profiles from a run's own folder, for whoever opens only that. */
    static void link(Sender.Sent run, List<ProfileLink> links, Path study, boolean during) throws IOException {
        String up = run.folder().path().relativize(study).toString().replace('\\', '/') + "/";
        List<ProfileLink> seenFromThere = links.stream().map(l -> l.from(up)).toList();
        Profiles profiles = new Profiles(seenFromThere, during);
        RunFiles.write(run.folder().profileList(), profiles);
        RunFiles.write(run.folder().verdict(), run.verdict().profiled(profiles));
    }
}
