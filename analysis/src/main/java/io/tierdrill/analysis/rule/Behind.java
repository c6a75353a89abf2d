package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A resource is full, and none of those it depends on: but why? Asked in this order, before more of it is asked for; the
 * first that has an answer decides.
 */
final class Behind {
    private static final List<BiFunction<TierLimit, Facts, Optional<Bottleneck>>> ORDER = List.of(
            CollectorRule::behind,
            BlockedLoopRule::behind,
            ImbalanceRule::ask,
            HandshakeRule::behind,
            ChurnRule::behind);

    private Behind() {}

    static Optional<Bottleneck> ask(TierLimit full, Facts facts) {
        return ORDER.stream().flatMap(rule -> rule.apply(full, facts).stream()).findFirst();
    }
}
