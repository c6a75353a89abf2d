package io.tierdrill.model.sample;

import java.util.Map;

/**
 * One request as the injector saw it. Instants count from the start of the run on one monotonic clock.
 *
 * <pre>
 *   due ......... sent ............................ done
 *     lateness     [held] [dns] [connect] write ... answer
 *     |&lt;------------------ latency ------------------&gt;|
 *                         |&lt;------- service time -----&gt;|
 * </pre>
 *
 * @param dueNanos when the schedule wanted it sent; latency runs from here
 * @param sentNanos when the injector acted on it (held it, looked up, connected or wrote)
 * @param doneNanos when the last byte of the answer, or the failure, was there
 * @param heldNanos of that time, first of all: waiting for its user's earlier request or for a connection it may use
 * @param dnsNanos of that time, waiting for the resolver; zero when the answer was cached
 * @param connectNanos of that time, opening a connection; zero when one was reused
 * @param status HTTP status, zero where there was no response
 * @param responseBytes body bytes received
 * @param stages what the tiers said of it in {@code Server-Timing}: name to nanoseconds. A tier {@code t} reports
 *     {@code t} (arrival to completion), {@code t-queue} (waiting for a limit of its own) and {@code t-downstream}
 *     (waiting for the tier below)
 */
public record RequestSample(
        long dueNanos,
        long sentNanos,
        long doneNanos,
        long heldNanos,
        long dnsNanos,
        long connectNanos,
        Outcome outcome,
        int status,
        long responseBytes,
        Map<String, Long> stages) {
    public RequestSample {
        if (sentNanos < dueNanos)
            throw new IllegalArgumentException("sentNanos " + sentNanos + " is before dueNanos " + dueNanos);
        if (doneNanos < sentNanos)
            throw new IllegalArgumentException("doneNanos " + doneNanos + " is before sentNanos " + sentNanos);
        if (heldNanos < 0 || heldNanos > doneNanos - sentNanos)
            throw new IllegalArgumentException(
                    "heldNanos must be 0 to " + (doneNanos - sentNanos) + ", was " + heldNanos);
        if (dnsNanos < 0 || connectNanos < 0)
            throw new IllegalArgumentException(
                    "dnsNanos and connectNanos must be 0 or more, were " + dnsNanos + " and " + connectNanos);
        stages = Map.copyOf(stages);
    }

    /** Of a request that nothing held. */
    public RequestSample(
            long dueNanos,
            long sentNanos,
            long doneNanos,
            long dnsNanos,
            long connectNanos,
            Outcome outcome,
            int status,
            long responseBytes,
            Map<String, Long> stages) {
        this(dueNanos, sentNanos, doneNanos, 0, dnsNanos, connectNanos, outcome, status, responseBytes, stages);
    }

    public long latencyNanos() {
        return doneNanos - dueNanos;
    }

    /** From when it could go, as the target sees it. */
    public long serviceNanos() {
        return doneNanos - sentNanos - heldNanos;
    }

    public long latenessNanos() {
        return sentNanos - dueNanos;
    }
}
