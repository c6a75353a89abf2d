package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import java.util.Optional;

/**
 * A proxy that holds answers back because their clients do not read keeps a connection to a service for as long: its pool
 * is full and looks as if the service were slow.
 */
final class SlowClientRule {
    private static final double MOSTLY = 0.5;

    private SlowClientRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        return facts.tiers().stream().flatMap(t -> at(t, facts).stream()).findFirst();
    }

    private static Optional<Bottleneck> at(String tier, Facts facts) {
        Flow.Totals totals = facts.telemetry().judged(tier);
        double held = facts.telemetry().judged(tier, Signal.SLOW_CLIENT_SECONDS);
        if (held <= 0 || held < MOSTLY * totals.heldSeconds()) return Optional.empty();
        Optional<TierLimit> full = TierLimit.saturated(facts).stream()
                .filter(l -> l.tier().equals(tier))
                .findFirst();
        Blame blame = Blame.on(tier, "clients", "slow-client", "clients of " + tier + " that do not read their answers")
                .signal("answers were held back " + Figures.wholePercent(held / totals.heldSeconds())
                        + " of the time that " + tier + " held requests");
        full.ifPresent(
                l -> blame.signal(l.words() + ": " + Wording.signals(l, facts).get(0)));
        return Optional.of(blame.change("let " + tier + " buffer more of an answer, so that the service is free again,"
                + " and give up clients that read too slowly"));
    }
}
