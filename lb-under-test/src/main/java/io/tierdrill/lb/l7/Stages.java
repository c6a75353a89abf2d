package io.tierdrill.lb.l7;

import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.time.NanoClock;

/**
 * Where the time of one request went: all of it, the part spent waiting for a connection, and the part spent waiting for
 * the service (connecting included). Counts as it goes; belongs to the event loop.
 */
final class Stages {
    private final NanoClock clock;
    private final TierTelemetry telemetry;
    private final String tier;
    private final long arrived;
    private long queued;
    private long downstream;
    private long since;
    private boolean waiting;
    private boolean below;

    /** It arrives now. */
    Stages(NanoClock clock, TierTelemetry telemetry, String tier) {
        this.clock = clock;
        this.telemetry = telemetry;
        this.tier = tier;
        this.arrived = clock.nanos();
        telemetry.arrive();
    }

    void waits() {
        waiting = true;
        since = clock.nanos();
        telemetry.enqueue();
    }

    void waitsNoMore() {
        if (!waiting) return;
        waiting = false;
        long waited = clock.nanos() - since;
        queued += waited;
        telemetry.dequeue(waited);
    }

    /** From now on it is the tier below that is waited for. */
    void below() {
        below = true;
        since = clock.nanos();
    }

    void belowNoMore() {
        if (below) downstream += clock.nanos() - since;
        below = false;
    }

    long arrived() {
        return arrived;
    }

    /** It is done, well or not, after this many nanoseconds. */
    long end() {
        long residence = clock.nanos() - arrived;
        telemetry.downstream(downstream);
        telemetry.complete(residence);
        return residence;
    }

    /** This tier's entries of Server-Timing (W3C), arrival until now. */
    String serverTiming() {
        long now = clock.nanos();
        StringBuilder text = new StringBuilder(64);
        millis(text.append(tier).append(";dur="), now - arrived);
        millis(text.append(", ").append(tier).append("-queue;dur="), queued);
        millis(text.append(", ").append(tier).append("-downstream;dur="), downstream + (below ? now - since : 0));
        return text.toString();
    }

    /** Milliseconds with three decimals, such as {@code 12.345}. */
    private static void millis(StringBuilder to, long nanos) {
        long micros = nanos / 1000;
        long rest = micros % 1000;
        to.append(micros / 1000).append('.');
        if (rest < 100) to.append('0');
        if (rest < 10) to.append('0');
        to.append(rest);
    }
}
