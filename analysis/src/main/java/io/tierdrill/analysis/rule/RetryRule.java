package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import java.util.Optional;

/**
 * A tier that sends many requests more than once makes the load that it then cannot place: the tier below gets more than
 * was asked. Where demand truly grew, both tiers get as much more. Retries because an instance could not be reached are
 * another rule's.
 */
final class RetryRule {
    private static final double AMPLIFIED = 0.2;
    private static final double MOSTLY = 0.5;
    private static final int FEWEST = 50;

    private RetryRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        return facts.tiers().stream().flatMap(t -> by(t, facts).stream()).findFirst();
    }

    private static Optional<Bottleneck> by(String tier, Facts facts) {
        Telemetry telemetry = facts.telemetry();
        double retries = telemetry.judged(tier, Signal.RETRIES);
        double asked = telemetry.judged(tier).arrivals();
        boolean unreachable = telemetry.judged(tier, Signal.FAILED_CONNECTS) >= MOSTLY * retries;
        if (retries < FEWEST || retries < AMPLIFIED * asked || unreachable) return Optional.empty();
        Blame blame = Blame.on(
                        tier,
                        "retries",
                        "retry-amplification",
                        tier + " sends every request " + Figures.number(1 + retries / asked) + " times")
                .signal(Figures.count(Math.round(retries)) + " retries for " + Figures.count(Math.round(asked))
                        + " requests");
        facts.next(tier).ifPresent(below -> blame.signal(arrivedBelow(below, asked, facts)));
        return Optional.of(
                blame.change("give " + tier + " a budget of retries (one for ten requests), and find out what"
                        + " it retries: " + facts.next(tier).orElse("the tier below") + " has to serve them all"));
    }

    /** The tier below counts for itself. */
    private static Optional<String> arrivedBelow(String below, double asked, Facts facts) {
        Flow.Totals totals = facts.telemetry().judged(below);
        if (totals.arrivals() < (1 + AMPLIFIED) * asked) return Optional.empty();
        return Optional.of(below + " counts " + Figures.number(totals.arrivals() / asked) + " arrivals for each");
    }
}
