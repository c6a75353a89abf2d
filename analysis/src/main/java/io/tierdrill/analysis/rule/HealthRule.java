package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.InstanceId;
import java.util.Optional;

/**
 * Health checks that are the trouble instead of finding it: an instance that is taken out and put back again and again,
 * or nobody who is found well while all of them answer. Checks that turned only after requests were let down are its
 * consequence, and so is one that fails because its instance died.
 */
final class HealthRule {
    /** Out and back twice: once may be a true fault, seen and mended. */
    private static final int FLAPS = 4;

    private static final long SECOND = 1_000_000_000L;
    private static final double OFTEN = 0.2;

    private HealthRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        return facts.tiers().stream()
                .flatMap(tier -> nobodyWell(tier, facts).or(() -> flapping(tier, facts)).stream())
                .findFirst();
    }

    private static Optional<Bottleneck> flapping(String tier, Facts facts) {
        Optional<String> worst = Optional.empty();
        double most = 0;
        for (Instance i : facts.telemetry().tier(tier)) {
            for (String of : i.signals().of(Signal.HEALTH_CHANGES)) {
                double changes = i.signals().growth(Signal.HEALTH_CHANGES, of, 0, facts.measuredNanos());
                if (changes < FLAPS || changes <= most || isConsequence(i, of, facts)) continue;
                most = changes;
                worst = Optional.of(of);
            }
        }
        double changes = most;
        return worst.map(of -> blameFlapping(tier, of, changes, facts));
    }

    private static boolean isConsequence(Instance watcher, String of, Facts facts) {
        long first = watcher.signals().firstGrowth(Signal.HEALTH_CHANGES, of, 0, facts.measuredNanos());
        long trouble = facts.telemetry().stress().beginsNanos();
        boolean later = facts.telemetry().stress().any() && first > trouble + SECOND;
        Optional<InstanceId> subject = facts.at(of);
        boolean died = subject.isPresent()
                && CrashRule.crashes(facts).stream()
                        .anyMatch(e -> e.subject().equals(subject.get().toString()));
        return later || died;
    }

    private static Bottleneck blameFlapping(String tier, String of, double changes, Facts facts) {
        String who = facts.at(of).map(InstanceId::toString).orElse(of);
        boolean alive = facts.at(of)
                .flatMap(facts.telemetry()::of)
                .map(Instance::hasCpu)
                .orElse(false);
        Blame blame = Blame.on(
                        tier,
                        "health-check",
                        "health-flapping",
                        "health check of " + tier + " that takes " + who + " out and puts it back")
                .setting(setting(tier, facts), facts)
                .signal(tier + " changed its mind about " + who + " " + Figures.count(Math.round(changes)) + " times");
        if (alive) blame.signal("the process of " + who + " ran all the time and did not crash");
        facts.at(of).ifPresent(blame::instance);
        return blame.change("ask for more failures in a row before an instance is taken out (fall), and give the check"
                + " more time (timeout)");
    }

    private static Optional<Bottleneck> nobodyWell(String tier, Facts facts) {
        Optional<String> below = facts.next(tier);
        if (below.isEmpty()) return Optional.empty();
        Telemetry telemetry = facts.telemetry();
        double share = telemetry.tier(tier).stream()
                .filter(i -> i.signals().knows(Signal.WELL) && i.signals().max(Signal.WIRED) > 0)
                .mapToDouble(i -> 1 - i.signals().shareAtLeast(Signal.WELL, 1, telemetry.stress()::judges))
                .max()
                .orElse(0);
        boolean full =
                TierLimit.saturated(facts).stream().anyMatch(l -> l.tier().equals(below.get()));
        double answered = telemetry.judged(below.get()).completions();
        if (share < OFTEN || full || answered < 1) return Optional.empty();
        return Optional.of(Blame.on(
                        tier, "health-check", "nobody-well", "health check of " + tier + " that finds nobody well")
                .setting(setting(tier, facts), facts)
                .signal("no " + below.get() + " was well in " + Figures.wholePercent(share)
                        + " of looks, so all were tried whatever their state")
                .signal(below.get() + " finished " + Figures.count(Math.round(answered))
                        + " requests in that time, and no limit of it was full")
                .change("find out why the check fails while " + below.get() + " answers: its path, its timeout"));
    }

    private static Optional<String> setting(String tier, Facts facts) {
        String path = "stack." + tier + ".healthCheck";
        return Optional.of(path).filter(p -> facts.place(p).isPresent());
    }
}
