package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.TierKind;
import java.util.Optional;

/**
 * A proxy whose processor is full while it opens a connection for every other request or more: nobody keeps them, its
 * clients or it. Balancers below HTTP open one for each they get; that is their work.
 */
final class ChurnRule {
    private static final double HARDLY_KEPT = 0.5;

    private ChurnRule() {}

    static Optional<Bottleneck> behind(TierLimit full, Facts facts) {
        boolean proxy = facts.run()
                .topology()
                .tier(full.tier())
                .map(t -> t.kind() == TierKind.L7)
                .orElse(false);
        if (!full.isCpu() || !proxy) return Optional.empty();
        Flow.Totals totals = facts.telemetry().judged(full.tier());
        double opened = facts.telemetry().judged(full.tier(), Signal.OPENED);
        double accepted = facts.telemetry().judged(full.tier(), Signal.ACCEPTED);
        if (totals.completions() < 1 || Math.max(opened, accepted) < HARDLY_KEPT * totals.completions())
            return Optional.empty();
        boolean below = opened >= accepted;
        return Optional.of(Blame.on(
                        full.tier(),
                        "connections",
                        "connection-churn",
                        full.words() + ", taken by opening connections "
                                + (below ? "to the tier below" : "for clients"))
                .signal(Wording.signals(full, facts).stream().findFirst())
                .signal(Figures.count(Math.round(below ? opened : accepted)) + " connections "
                        + (below ? "opened" : "accepted") + " for " + Figures.count(Math.round(totals.completions()))
                        + " requests")
                .change("keep connections " + (below ? "to the services" : "of clients") + " alive, then measure again;"
                        + " more instances would open as many"));
    }
}
