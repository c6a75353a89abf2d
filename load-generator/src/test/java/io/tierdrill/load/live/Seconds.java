package io.tierdrill.load.live;

import io.tierdrill.load.record.Second;
import io.tierdrill.model.sample.Outcome;
import org.HdrHistogram.Histogram;

/** Seconds made up one after the other, as a run would tell them. */
final class Seconds {
    private static final long SECOND = 1_000_000_000;

    private long at;
    private long inFlight;
    private long sentSoFar;

    /** All of the same latency, some of them failed. */
    Second of(int requests, int failed, double millis) {
        return of(requests, failed, millis, requests);
    }

    /** Sent and ended apart: what is not ended stays in flight. */
    Second of(int ended, int failed, double millis, int sent) {
        Histogram latency = new Histogram(3_600_000_000_000L, 3);
        if (ended > 0) latency.recordValueWithCount(Math.round(millis * 1e6), ended);
        return of(latency, failed, sent);
    }

    Second of(Histogram latency, int failed, int sent) {
        Histogram none = new Histogram(3_600_000_000_000L, 3);
        long ended = latency.getTotalCount();
        long[] outcomes = new long[Outcome.values().length];
        outcomes[Outcome.TIMEOUT.ordinal()] = failed;
        outcomes[Outcome.OK.ordinal()] = ended - failed;
        inFlight += sent - ended;
        sentSoFar += sent;
        long start = at++ * SECOND;
        return new Second(
                start, at * SECOND, latency, latency, none, none, outcomes, 10 * ended, sent, inFlight, 3, at * SECOND);
    }

    /** A stretch of several seconds told as one, as after a stall. */
    Second stalled(int seconds, int requests, double millis) {
        Second first = of(requests, 0, millis);
        at += seconds - 1;
        return new Second(
                first.startNanos(),
                at * SECOND,
                first.latency(),
                first.service(),
                first.lateness(),
                first.held(),
                first.outcomes(),
                first.responseBytes(),
                first.sent(),
                first.inFlight(),
                first.connectionsOpened(),
                at * SECOND);
    }
}
