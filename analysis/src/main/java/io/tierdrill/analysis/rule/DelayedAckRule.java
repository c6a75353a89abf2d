package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import java.util.Optional;

/**
 * Waits of some 40 ms between tiers that do not depend on the load: one side holds a small write back until the last one
 * is acknowledged (Nagle), the other waits 40 ms for something to acknowledge it with (RFC 1122, 4.2.3.2; Linux).
 */
final class DelayedAckRule {
    private static final double SHORTEST_MICROS = 38_000;
    private static final double LONGEST_MICROS = 46_000;
    private static final double OFTEN = 0.01;
    private static final double MOST_UNATTRIBUTED = 0.2;

    private DelayedAckRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        if (facts.latencies().count() == 0
                || facts.latencies().low(0.99) <= facts.objective().p99Nanos()) return Optional.empty();
        return StageSignal.largest(facts.stages(), MOST_UNATTRIBUTED)
                .filter(r -> r.stage().equals("path") || r.stage().endsWith("-gap"))
                .filter(r -> r.tailMicros() >= SHORTEST_MICROS && r.tailMicros() <= LONGEST_MICROS)
                .flatMap(r -> blame(r, facts));
    }

    private static Optional<Bottleneck> blame(StageTable.Row row, Facts facts) {
        double delayed = facts.telemetry().judged(facts.telemetry().machine(), Signal.DELAYED_ACKS);
        double requests =
                facts.capacity().offeredPerSecond() * facts.telemetry().judgedSeconds();
        if (delayed < OFTEN * requests) return Optional.empty();
        return Optional.of(Blame.on(
                        "network",
                        row.stage(),
                        "delayed-ack",
                        row.label() + ": small writes that wait for a delayed acknowledgement")
                .signal(row.label() + " takes " + Figures.micros(row.tailMicros())
                        + " of a slow request, the length of that delay, whatever the load")
                .signal(Figures.count(Math.round(delayed))
                        + " acknowledgements were sent only because their time was up")
                .change("write a message at once, and set TCP_NODELAY on both sides of it"));
    }
}
