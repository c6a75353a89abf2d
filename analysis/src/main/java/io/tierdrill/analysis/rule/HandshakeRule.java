package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import java.util.Optional;

/** A processor that is full of TLS handshakes from scratch: one costs as much as dozens of requests. */
final class HandshakeRule {
    /** From scratch, a request. */
    private static final double MANY = 0.2;

    private HandshakeRule() {}

    static Optional<Bottleneck> behind(TierLimit full, Facts facts) {
        if (!full.isCpu()) return Optional.empty();
        Flow.Totals totals = facts.telemetry().judged(full.tier());
        double handshakes = facts.telemetry().judged(full.tier(), Signal.TLS_FULL_HANDSHAKES);
        double all = facts.telemetry().judged(full.tier(), Signal.TLS_HANDSHAKES);
        if (totals.completions() < 1 || handshakes < MANY * totals.completions()) return Optional.empty();
        return Optional.of(Blame.on(
                        full.tier(), "tls", "tls-handshakes", full.words() + ", taken by TLS handshakes from scratch")
                .signal(Wording.signals(full, facts).stream().findFirst())
                .signal(Figures.count(Math.round(handshakes)) + " handshakes from scratch for "
                        + Figures.count(Math.round(totals.completions())) + " requests, "
                        + Figures.count(Math.round(all - handshakes)) + " resumed")
                .change("let clients keep their connections (idleTimeout) and resume their sessions; a certificate with"
                        + " an elliptic curve costs a tenth of RSA"));
    }
}
