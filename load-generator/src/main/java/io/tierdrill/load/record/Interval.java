package io.tierdrill.load.record;

import org.HdrHistogram.Histogram;

/** The histograms of one stretch of time, in nanoseconds, three significant digits, up to an hour. */
final class Interval {
    private static final long MOST = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    final Histogram latency = tagged("latency");
    final Histogram service = tagged("service");
    final Histogram lateness = tagged("lateness");
    final Histogram held = tagged("held");
    long startNanos;
    long endNanos;

    private static Histogram tagged(String tag) {
        Histogram histogram = new Histogram(MOST, DIGITS);
        histogram.setTag(tag);
        return histogram;
    }

    void take(long dueNanos, long sentNanos, long heldNanos, long doneNanos) {
        latency.recordValue(Math.min(MOST, doneNanos - dueNanos));
        service.recordValue(Math.min(MOST, doneNanos - sentNanos));
        lateness.recordValue(Math.min(MOST, sentNanos - heldNanos - dueNanos));
        if (heldNanos > 0) held.recordValue(Math.min(MOST, heldNanos));
    }

    void add(Interval other) {
        latency.add(other.latency);
        service.add(other.service);
        lateness.add(other.lateness);
        if (other.held.getTotalCount() > 0) held.add(other.held);
    }

    void clear() {
        latency.reset();
        service.reset();
        lateness.reset();
        if (held.getTotalCount() > 0) held.reset();
    }
}
