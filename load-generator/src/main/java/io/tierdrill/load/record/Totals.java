package io.tierdrill.load.record;

import io.tierdrill.model.run.Injection.Quantiles;
import io.tierdrill.model.sample.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A whole run, warm-up left out.
 *
 * @param requests ended
 * @param responses of those, with a whole answer
 * @param outcomes requests by {@link Outcome} ordinal
 * @param sends acted on
 */
public record Totals(
        long requests,
        long responses,
        long[] outcomes,
        long sends,
        long firstDueNanos,
        long lastDueNanos,
        long lastSentNanos,
        long lastDoneNanos,
        Histogram latency,
        Histogram service,
        Histogram lateness,
        Histogram held) {
    /** In the proportion of the others: thirty samples beyond it. */
    private static final long NEEDED_FOR_P90 = 300;

    /** Errors that occurred, by word. */
    public Map<String, Long> errors() {
        Map<String, Long> errors = new TreeMap<>();
        for (Outcome outcome : Outcome.values())
            if (outcome.isError() && outcomes[outcome.ordinal()] > 0)
                errors.put(outcome.word(), outcomes[outcome.ordinal()]);
        return errors;
    }

    /** Time the sending took over the time planned for it. */
    public double stretch() {
        long planned = lastDueNanos - firstDueNanos;
        return planned <= 0 ? 1 : (double) (lastSentNanos - firstDueNanos) / planned;
    }

    /** In microseconds; quantiles that too few samples stand behind are left out. */
    public static Quantiles quantiles(Histogram h) {
        long n = h.getTotalCount();
        return new Quantiles(
                n,
                n == 0 ? null : h.getMean() / 1e3,
                n == 0 ? null : at(h, 50),
                n < NEEDED_FOR_P90 ? null : at(h, 90),
                n < Quantiles.NEEDED_FOR_P99 ? null : at(h, 99),
                n < Quantiles.NEEDED_FOR_P999 ? null : at(h, 99.9),
                n == 0 ? null : h.getMaxValue() / 1e3);
    }

    private static Double at(Histogram h, double percentile) {
        return h.getValueAtPercentile(percentile) / 1e3;
    }
}
