package io.tierdrill.load;

import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.trace.RequestRecord;

/**
 * A request and when it must be sent.
 *
 * @param dueNanos from the start of the schedule, 0 or more; warm-up, if any, is the first part of a schedule
 * @param request what to send, as whom
 * @param reuse whether the recording uses its connection again
 */
public record ScheduledRequest(long dueNanos, RequestRecord request, Reuse reuse) {
    public ScheduledRequest {
        if (dueNanos < 0) throw new IllegalArgumentException("dueNanos must be 0 or more, was " + dueNanos);
    }

    /** Where nobody knows what becomes of its connection. */
    public ScheduledRequest(long dueNanos, RequestRecord request) {
        this(dueNanos, request, Reuse.UNKNOWN);
    }

    /** The same of a schedule from which some requests are left out. */
    public ScheduledRequest ofSome() {
        return new ScheduledRequest(dueNanos, request, reuse.ofSome());
    }
}
