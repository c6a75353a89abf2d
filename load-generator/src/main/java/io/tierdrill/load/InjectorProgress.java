package io.tierdrill.load;

import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import java.util.Optional;

/**
 * How far a run has come, warm-up included. A snapshot; counts are cumulative since the run began.
 *
 * @param elapsedNanos since the first due time of the schedule; negative before it
 * @param plannedNanos the length of the schedule
 * @param sent requests the injector acted on; each at its due time or as soon after as it could
 * @param done of those, ended: answered or failed
 * @param errors of those done, failed
 * @param recentPerSecond requests ended in the last whole second
 * @param recentP99Micros 99th percentile from due time over the last whole second, or as many as it took to have a
 *     hundred measured answers; empty before that
 * @param recentLatenessP99Micros the same of the time from due to send, the injector's own error
 * @param recentHeldP99Micros the same of the time held, of those held only; empty where none was
 * @param latencySeconds sum over those done, from due time
 * @param serviceSeconds sum over those done, from send
 * @param latenessSeconds sum over those done, due time to send
 */
public record InjectorProgress(
        long elapsedNanos,
        long plannedNanos,
        long sent,
        long done,
        long errors,
        double recentPerSecond,
        Optional<Double> recentP99Micros,
        Optional<Double> recentLatenessP99Micros,
        Optional<Double> recentHeldP99Micros,
        double latencySeconds,
        double serviceSeconds,
        double latenessSeconds) {

    public long inFlight() {
        return sent - done;
    }

    /**
     * The injector as a tier like any other: what it received is what was due, its queue is its lateness, what lies
     * below it is the stack.
     *
     * @param atNanos the instant to stamp it with
     */
    public TierSample tierSample(InstanceId instance, long atNanos) {
        return new TierSample(
                atNanos, instance, sent, done, errors, inFlight(), 0, latencySeconds, latenessSeconds, serviceSeconds);
    }
}
