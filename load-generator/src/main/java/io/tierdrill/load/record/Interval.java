package io.tierdrill.load.record;

import io.tierdrill.model.sample.RequestSample;
import org.HdrHistogram.Histogram;

/** The histograms of one stretch of time, in nanoseconds, three significant digits, up to an hour. */
final class Interval {
    private static final long MOST = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    final Histogram latency = tagged("latency");
    final Histogram service = tagged("service");
    final Histogram lateness = tagged("lateness");
    long startNanos;
    long endNanos;

    private static Histogram tagged(String tag) {
        Histogram histogram = new Histogram(MOST, DIGITS);
        histogram.setTag(tag);
        return histogram;
    }

    void take(RequestSample s) {
        latency.recordValue(Math.min(MOST, s.latencyNanos()));
        service.recordValue(Math.min(MOST, s.serviceNanos()));
        lateness.recordValue(Math.min(MOST, s.latenessNanos()));
    }

    void add(Interval other) {
        latency.add(other.latency);
        service.add(other.service);
        lateness.add(other.lateness);
    }

    void clear() {
        latency.reset();
        service.reset();
        lateness.reset();
    }
}
