package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.tier.InstanceId;

/**
 * How far one limit of one instance was used within the measured time.
 *
 * @param usedMean over the judged instants
 * @param share what counts when limits are compared: mean over capacity, or high mark over capacity for a stock
 * @param fullShare part of the judged windows in which it was full and somebody waited
 * @param drops refused because of it
 * @param saturated full in at least 80 % of the judged windows, or refusing more than one arrival in a thousand
 * @param ranked whether it may be blamed; an emulation's CPU may not
 * @param firstDropNanos when it first refused, or the end of the measured time
 */
public record ResourceUse(
        InstanceId instance,
        String name,
        ResourceKind kind,
        String setting,
        double capacity,
        double usedMean,
        double usedMax,
        double share,
        double waitersMean,
        double waitersMax,
        double fullShare,
        long drops,
        boolean saturated,
        boolean ranked,
        long firstDropNanos) {
    /** The name of the derived resource that is a process's processor time. */
    public static final String CPU = "cpu";

    /** The name of the derived resource that is the processor quota of a control group. */
    public static final String CPU_QUOTA = "cpu-quota";

    /** The name of the derived resource that is the queue of connections to be accepted. */
    public static final String ACCEPT_QUEUE = "accept-queue";

    /** The name of the derived resource that is the buffer of a datagram socket. */
    public static final String RECEIVE_BUFFER = "receive-buffer";

    public String tier() {
        return instance.tier();
    }
}
