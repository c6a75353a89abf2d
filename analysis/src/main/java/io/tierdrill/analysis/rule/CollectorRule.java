package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Signals;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import java.util.Comparator;
import java.util.Optional;

/**
 * A JVM whose collector stops it: all its connections wait together, its slots fill up, and its traffic thread looks
 * idle. Short pauses are no matter: they must take a good part of the time in which requests were let down, or be long
 * and come just then.
 */
final class CollectorRule {
    /** Of the time, from which on what is full behind the pauses is full because of them. */
    private static final double GOOD_PART = 0.2;

    private static final double SOME_PART = 0.05;
    private static final double LONG_SECONDS = 0.05;
    private static final double MORE_THAN_ELSE = 3;
    private static final double NEARLY_FULL = 0.85;

    private CollectorRule() {}

    /** Something of a tier is full; do pauses fill it? */
    static Optional<Bottleneck> behind(TierLimit full, Facts facts) {
        return facts.telemetry()
                .of(full.hottest().instance())
                .filter(i -> share(i, facts) >= GOOD_PART)
                .map(i -> Blame.on(full.tier(), "collector", "collector", title(i, facts))
                        .instance(i.id())
                        .signal(pauses(i, facts))
                        .signal(heap(i))
                        .signal(Wording.signals(full, facts).stream().findFirst())
                        .change(change(i)));
    }

    /** Nothing is full for long: do pauses come when requests are let down? */
    static Optional<Bottleneck> alone(Facts facts) {
        if (!facts.telemetry().stress().any()) return Optional.empty();
        return facts.telemetry().stack().stream()
                .filter(i -> share(i, facts) >= SOME_PART && meanSeconds(i, facts) >= LONG_SECONDS)
                .filter(i -> share(i, facts) >= GOOD_PART || share(i, facts) >= MORE_THAN_ELSE * shareElse(i, facts))
                .max(Comparator.comparingDouble(i -> share(i, facts)))
                .map(i -> Blame.on(i.id().tier(), "collector", "collector", title(i, facts))
                        .instance(i.id())
                        .signal(pauses(i, facts))
                        .signal(heap(i))
                        .signal(StageSignal.slowest(facts)
                                .filter(i.id().tier()::equals)
                                .map(tier -> "the slowest requests spend most of their time there"))
                        .context("no limit of any tier was full for long")
                        .change(change(i)));
    }

    /** Part of the judged time in which it stopped its process. */
    static double share(Instance instance, Facts facts) {
        double seconds = facts.telemetry().judgedSeconds();
        return seconds <= 0 ? 0 : facts.telemetry().judged(instance.signals(), Signal.COLLECTOR_SECONDS) / seconds;
    }

    private static double shareElse(Instance instance, Facts facts) {
        Telemetry telemetry = facts.telemetry();
        double all = instance.signals().growth(Signal.COLLECTOR_SECONDS, 0, facts.measuredNanos());
        double seconds = facts.measuredNanos() / 1e9 - telemetry.judgedSeconds();
        if (seconds <= 0) return Double.MAX_VALUE;
        return (all - telemetry.judged(instance.signals(), Signal.COLLECTOR_SECONDS)) / seconds;
    }

    private static double meanSeconds(Instance instance, Facts facts) {
        double count = facts.telemetry().judged(instance.signals(), Signal.COLLECTIONS);
        return count <= 0 ? 0 : facts.telemetry().judged(instance.signals(), Signal.COLLECTOR_SECONDS) / count;
    }

    private static String title(Instance instance, Facts facts) {
        return "collector of " + instance.id() + ", which stops it " + Figures.wholePercent(share(instance, facts))
                + " of the time";
    }

    private static String pauses(Instance instance, Facts facts) {
        double count = facts.telemetry().judged(instance.signals(), Signal.COLLECTIONS);
        return Figures.count(Math.round(count)) + " collections of "
                + Figures.micros(meanSeconds(instance, facts) * 1e6) + " on average while requests were let down";
    }

    private static Optional<String> heap(Instance instance) {
        Signals signals = instance.signals();
        double limit = signals.max(Signal.HEAP_LIMIT);
        double used = signals.max(Signal.HEAP_USED);
        if (limit <= 0 || used < NEARLY_FULL * limit) return Optional.empty();
        return Optional.of("its heap stood at " + Figures.wholePercent(used / limit) + " of " + Figures.bytes(limit));
    }

    private static String change(Instance instance) {
        double limit = instance.signals().max(Signal.HEAP_LIMIT);
        String more = limit <= 0 ? "more heap" : "more heap than " + Figures.bytes(limit);
        return "give " + instance.id().tier() + " " + more + ", or make a request allocate less; more instances share"
                + " the allocation, not the pause";
    }
}
