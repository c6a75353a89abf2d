package io.tierdrill.load.record;

import io.tierdrill.model.sample.Outcome;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** The histograms of one stretch of time, in nanoseconds, three significant digits, up to an hour. */
final class Interval {
    private static final long MOST = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    final Histogram latency = tagged("latency");
    final Histogram service = tagged("service");
    final Histogram lateness = tagged("lateness");
    final Histogram held = tagged("held");
    /** Requests that ended, by {@link Outcome} ordinal. */
    final long[] outcomes = new long[Outcome.values().length];

    /** Whose it is. */
    int loop;
    /** Whether that loop has ended with it. */
    boolean last;

    long responseBytes;
    long sent;
    long inFlight;
    long connectionsOpened;
    long lastDueNanos;
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

    void count(Outcome outcome, long bytes) {
        outcomes[outcome.ordinal()]++;
        responseBytes += bytes;
    }

    void add(Interval other) {
        latency.add(other.latency);
        service.add(other.service);
        lateness.add(other.lateness);
        if (other.held.getTotalCount() > 0) held.add(other.held);
        for (int i = 0; i < outcomes.length; i++) outcomes[i] += other.outcomes[i];
        responseBytes += other.responseBytes;
        sent += other.sent;
    }

    /** Covers the next one of the same loop as well. */
    void extend(Interval next) {
        add(next);
        endNanos = next.endNanos;
        inFlight = next.inFlight;
        connectionsOpened = next.connectionsOpened;
        lastDueNanos = next.lastDueNanos;
    }

    Second lent() {
        return new Second(
                startNanos,
                endNanos,
                latency,
                service,
                lateness,
                held,
                outcomes,
                responseBytes,
                sent,
                inFlight,
                connectionsOpened,
                lastDueNanos);
    }

    void clear() {
        empty(latency);
        empty(service);
        empty(lateness);
        if (held.getTotalCount() > 0) empty(held);
        Arrays.fill(outcomes, 0);
        responseBytes = 0;
        sent = 0;
        last = false;
    }

    /** A reset forgets the tag as well. */
    private static void empty(Histogram histogram) {
        String tag = histogram.getTag();
        histogram.reset();
        histogram.setTag(tag);
    }
}
