package io.tierdrill.load.record;

import org.HdrHistogram.Histogram;

/**
 * What happened in one second of the measured time; after a stall of several seconds, in all of them. Warm-up is left
 * out of it, but for {@code inFlight}. The histograms are lent: whoever is told must not keep them.
 *
 * @param latency from the due time, of the requests that ended then; nanoseconds like the others
 * @param service from the send
 * @param lateness due to send, without the time held
 * @param held of those held only
 * @param outcomes requests that ended then, by {@link io.tierdrill.model.sample.Outcome} ordinal
 * @param responseBytes of bodies received
 * @param sent requests acted on then
 * @param inFlight acted on and not ended, at the end of it
 * @param connectionsOpened since the run began
 * @param lastDueNanos due time of the last request acted on until then: how far the schedule has come
 */
public record Second(
        long startNanos,
        long endNanos,
        Histogram latency,
        Histogram service,
        Histogram lateness,
        Histogram held,
        long[] outcomes,
        long responseBytes,
        long sent,
        long inFlight,
        long connectionsOpened,
        long lastDueNanos) {

    /** Requests that ended then. */
    public long ended() {
        return latency.getTotalCount();
    }
}
