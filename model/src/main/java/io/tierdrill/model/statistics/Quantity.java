package io.tierdrill.model.statistics;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Quantiles of a stream of whole numbers, to three digits. One thread. */
final class Quantity {
    private static final long NEEDED_FOR_P99 = 3_000;

    /** An exbibyte, or 36 years of nanoseconds; the histogram cannot grow beyond. */
    private static final long MOST = 1L << 60;

    private final Histogram values = new Histogram(3);
    private long unknown;
    private long max;
    private double sum;

    void add(long value) {
        long bounded = Math.max(0, Math.min(MOST, value));
        values.recordValue(bounded);
        max = Math.max(max, bounded);
        sum += bounded;
    }

    Quantity copy() {
        Quantity copy = new Quantity();
        copy.values.add(values);
        copy.unknown = unknown;
        copy.max = max;
        copy.sum = sum;
        return copy;
    }

    void add(Optional<Long> value) {
        if (value.isPresent()) add(value.get().longValue());
        else addUnknown();
    }

    void addUnknown() {
        unknown++;
    }

    TraceStatistics.Sizes sizes() {
        return new TraceStatistics.Sizes(
                known(), unknown, mean(), quantile(50), quantile(90), p99(), known() == 0 ? null : max, (long) sum);
    }

    /** Of values that were nanoseconds. */
    TraceStatistics.Latency latency() {
        return new TraceStatistics.Latency(
                known(),
                unknown,
                mean() == null ? null : mean() / 1000,
                micros(quantile(50)),
                micros(quantile(90)),
                micros(p99()),
                known() == 0 ? null : micros(max));
    }

    private long known() {
        return values.getTotalCount();
    }

    private Double mean() {
        return known() == 0 ? null : sum / known();
    }

    private Long p99() {
        return known() < NEEDED_FOR_P99 ? null : quantile(99);
    }

    /** Never above the largest value, which the histogram's buckets round up. */
    private Long quantile(double percent) {
        return known() == 0 ? null : Math.min(max, values.getValueAtPercentile(percent));
    }

    private static Double micros(Long nanos) {
        return nanos == null ? null : nanos / 1000.0;
    }
}
