package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Demand;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.ResourceKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * The limit that comes after the culprit; in a stack with room, the nearest one. Slots and queues at the culprit and
 * above it are left out: they are held longer only because it is slow. For processor time the utilisation law gives the rate at which it would
 * be full (demand per request is share over rate), but no farther than half as much again as was offered: beyond what
 * was tested demand may change.
 */
public final class NextLimitRule {
    private static final double FARTHEST = 1.5;

    private NextLimitRule() {}

    /** The fullest limit that is not the culprit and not saturated. */
    public static Optional<Limit> ask(Facts facts, Optional<Bottleneck> culprit) {
        return TierLimit.all(facts).stream()
                .filter(l -> !l.isSaturated() && l.share() > 0)
                .filter(l -> culprit.isEmpty() || isFair(l, culprit.get(), facts))
                .max(Comparator.comparingDouble(TierLimit::share))
                .map(l -> limit(l, facts));
    }

    private static boolean isFair(TierLimit limit, Bottleneck culprit, Facts facts) {
        if (limit.tier().equals(culprit.tier()) && limit.resource().equals(culprit.resource())) return false;
        boolean slot = limit.kind() == ResourceKind.POOL
                || limit.kind() == ResourceKind.CONCURRENCY
                || limit.kind() == ResourceKind.QUEUE
                || limit.kind() == ResourceKind.ACCEPT_QUEUE;
        return !slot || facts.depth(limit.tier()) > facts.depth(culprit.tier());
    }

    /** A demand that changes with the load cannot be drawn out beyond it. */
    private static boolean costsTheSame(String tier, Facts facts) {
        return DemandRule.ask(facts).stream().filter(d -> d.tier().equals(tier)).allMatch(Demand::steady);
    }

    private static Limit limit(TierLimit limit, Facts facts) {
        double share = Figures.rounded(limit.share());
        double at = facts.capacity().goodputPerSecond() / limit.share();
        boolean told = limit.isCpu()
                && at > 0
                && at <= FARTHEST * facts.capacity().offeredPerSecond()
                && costsTheSame(limit.tier(), facts);
        return new Limit(
                limit.tier(),
                limit.resource(),
                limit.words(),
                share,
                told ? Optional.of(Figures.rounded(at)) : Optional.empty(),
                limit.setting());
    }
}
