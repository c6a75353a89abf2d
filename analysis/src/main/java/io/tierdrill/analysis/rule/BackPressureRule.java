package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Demand;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.ResourceUse;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Blames the most downstream saturated resource none of whose own dependencies is saturated. Waiting piles up at the
 * outermost queue that has no bound (Little's law: a bounded one stops growing), so the longest queue is rarely the
 * culprit's.
 *
 * <p>Why that one is full may have a reason of its own, see {@link Behind}.
 *
 * <p>A full pool that is held while the tier below is waited for is a victim, unless the tier below is provably idle:
 * then the limit of the pool itself is the culprit (a soft limit).
 */
final class BackPressureRule {
    private static final double WAITS_DOWNSTREAM = 0.8;
    private static final double IDLE = 0.7;
    private static final double MUCH_LESS = 0.7;

    private BackPressureRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        List<TierLimit> saturated = TierLimit.saturated(facts);
        if (saturated.isEmpty()) return Optional.empty();
        TierLimit deepest = saturated.get(0);
        if (!mayBeVictim(deepest, facts)) return Optional.of(blame(deepest, saturated, facts));
        List<String> below = facts.below(deepest.tier());
        Optional<Bottleneck> hidden = below.stream()
                .flatMap(tier -> SerialSection.in(tier, facts).stream())
                .findFirst();
        if (hidden.isPresent()) return hidden;
        if (provablyIdle(below, facts)) return Optional.of(blame(deepest, saturated, facts));
        return Optional.of(suspectBelow(deepest, below, facts));
    }

    private static boolean mayBeVictim(TierLimit limit, Facts facts) {
        boolean slot = limit.kind() == ResourceKind.POOL || limit.kind() == ResourceKind.CONCURRENCY;
        if (!slot || facts.below(limit.tier()).isEmpty()) return false;
        return facts.telemetry().totals(limit.tier()).downstreamShare() >= WAITS_DOWNSTREAM;
    }

    /** Known, and no limit of it used beyond 70 %. */
    static boolean provablyIdle(List<String> tiers, Facts facts) {
        return tiers.stream().allMatch(t -> isKnown(t, facts))
                && limitsOf(tiers, facts).stream().allMatch(l -> l.share() < IDLE);
    }

    private static boolean isKnown(String tier, Facts facts) {
        return facts.telemetry().tier(tier).stream().anyMatch(Instance::hasCpu)
                && facts.telemetry().knowsFlow(tier);
    }

    private static List<TierLimit> limitsOf(List<String> tiers, Facts facts) {
        return TierLimit.all(facts).stream()
                .filter(l -> tiers.contains(l.tier()))
                .toList();
    }

    private static Bottleneck blame(TierLimit culprit, List<TierLimit> saturated, Facts facts) {
        Optional<Bottleneck> deeper = Behind.ask(culprit, facts);
        if (deeper.isPresent()) return deeper.get();
        List<String> evidence = new ArrayList<>(Wording.signals(culprit, facts));
        int signals = evidence.size();
        if (StageSignal.slowest(facts).filter(culprit.tier()::equals).isPresent()) {
            signals++;
            if (evidence.size() < 2) evidence.add("the slowest requests spend most of their time there");
        }
        Optional<String> doubt = doubt(culprit, facts);
        doubt.ifPresent(evidence::add);
        context(culprit, saturated, facts).ifPresent(evidence::add);
        return new Bottleneck(
                culprit.tier(),
                only(culprit),
                culprit.resource(),
                culprit.cause(),
                Optional.of(culprit.hottest().capacity()),
                culprit.setting(),
                culprit.setting().flatMap(facts::place),
                Wording.title(culprit, facts),
                signals >= 2 && doubt.isEmpty() ? Confidence.TWO_SIGNALS : Confidence.SUSPECTED,
                evidence,
                Wording.change(culprit, facts));
    }

    /** What requests cost where little is asked may say that another tier's processor should be full first. */
    private static Optional<String> doubt(TierLimit culprit, Facts facts) {
        if (!culprit.isCpu()) return Optional.empty();
        List<Demand> demands = DemandRule.ask(facts);
        Optional<Demand> own =
                demands.stream().filter(d -> d.tier().equals(culprit.tier())).findFirst();
        return DemandRule.firstFull(facts)
                .filter(first -> !first.tier().equals(culprit.tier()))
                .filter(first -> own.isPresent()
                        && first.mostPerSecond() < MUCH_LESS * own.get().mostPerSecond())
                .map(first -> "but at low load a request costs " + first.tier() + " "
                        + Figures.micros(first.lowLoadMicrosPerRequest().orElseThrow())
                        + ", by which it should be full first");
    }

    private static Optional<String> only(TierLimit limit) {
        List<ResourceUse> full = limit.full();
        return full.size() == 1 ? Optional.of(full.get(0).instance().toString()) : Optional.empty();
    }

    /** Who else is full and only waits for the culprit, or how much room there is behind it. */
    private static Optional<String> context(TierLimit culprit, List<TierLimit> saturated, Facts facts) {
        Optional<String> victim = saturated.stream()
                .filter(l -> !l.tier().equals(culprit.tier()))
                .findFirst()
                .map(l -> victim(l, facts));
        if (victim.isPresent()) return victim;
        if (culprit.kind() == ResourceKind.POOL)
            return limitsOf(facts.below(culprit.tier()), facts).stream()
                    .max(Comparator.comparingDouble(TierLimit::share))
                    .map(l -> "nothing below is busy: " + l.words() + " at " + Figures.wholePercent(l.share())
                            + " is the most");
        if (culprit.isCpu() || culprit.is(ResourceUse.CPU_QUOTA)) return Optional.empty();
        return TierLimit.all(facts).stream()
                .filter(l -> l.isCpu() && l.tier().equals(culprit.tier()))
                .findFirst()
                .map(l -> l.words() + " only " + Figures.wholePercent(l.share()));
    }

    private static String victim(TierLimit victim, Facts facts) {
        Flow.Totals totals = facts.telemetry().totals(victim.tier());
        String full = victim.words() + " is full too";
        if (totals.heldSeconds() <= 0 || victim.isCpu()) return full;
        return full + " and waits for the tier below " + Figures.wholePercent(totals.downstreamShare())
                + " of its held time";
    }

    /** The slots are held by waiting for a tier that is not provably idle: it is the one, as far as can be told. */
    private static Bottleneck suspectBelow(TierLimit victim, List<String> below, Facts facts) {
        Optional<TierLimit> busiest = limitsOf(below, facts).stream().max(Comparator.comparingDouble(TierLimit::share));
        String tier = busiest.map(TierLimit::tier).orElse(below.get(0));
        List<String> evidence = new ArrayList<>();
        evidence.add(victim(victim, facts).replace(" is full too", " is full"));
        evidence.add(
                busiest.map(l -> l.words() + " at " + Figures.wholePercent(l.share()) + ": busy, not proved to be full")
                        .orElse(tier + " shows no limit of its own"));
        below.stream()
                .filter(t -> !isKnown(t, facts))
                .findFirst()
                .ifPresent(t -> evidence.add("signal missing: telemetry of " + t));
        return new Bottleneck(
                tier,
                Optional.empty(),
                busiest.map(TierLimit::resource).orElse("unknown"),
                busiest.map(TierLimit::cause).orElse("unknown"),
                busiest.map(l -> l.hottest().capacity()),
                busiest.flatMap(TierLimit::setting),
                busiest.flatMap(TierLimit::setting).flatMap(facts::place),
                busiest.map(l -> Wording.title(l, facts)).orElse(tier + ", limit unknown"),
                Confidence.SUSPECTED,
                evidence,
                busiest.map(l -> Wording.change(l, facts))
                        .orElse("make " + tier + " report its limits, then ask again"));
    }
}
