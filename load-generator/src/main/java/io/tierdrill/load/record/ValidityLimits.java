package io.tierdrill.load.record;

import java.time.Duration;

/**
 * What the injector must keep for a run to count. Past any of them the run is INVALID and names the injector.
 *
 * @param latenessFloorMicros lateness p99 may always reach this; of too few requests for a p99, so many may be later as
 *     one in a hundred comes to by chance
 * @param latenessShareOfMedian and this share of the median latency, whichever is more
 * @param sentShare requests sent per second over those offered, at least
 * @param busyShare of its one thread, doing more than waiting for the next due time, at most
 */
public record ValidityLimits(
        double latenessFloorMicros, double latenessShareOfMedian, double sentShare, double busyShare) {

    private static final double SHARE_OF_PROMISE = 0.02;

    /** 1 ms or 5 % of the median, 99.5 % of the rate, 90 % of the thread. */
    public static ValidityLimits defaults() {
        return new ValidityLimits(1_000, 0.05, 0.995, 0.90);
    }

    /**
     * The same for a run that is held against a promise: lateness p99 may reach 2 % of the latency promised, which moves
     * no decision, if that is more.
     */
    public ValidityLimits forPromise(Duration latency) {
        double share = SHARE_OF_PROMISE * latency.toNanos() / 1e3;
        return new ValidityLimits(Math.max(latenessFloorMicros, share), latenessShareOfMedian, sentShare, busyShare);
    }
}
