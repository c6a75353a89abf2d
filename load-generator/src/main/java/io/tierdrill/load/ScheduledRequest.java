package io.tierdrill.load;

import io.tierdrill.model.trace.RequestRecord;

/**
 * A request and when it must be sent.
 *
 * @param dueNanos from the start of the schedule, 0 or more; warm-up, if any, is the first part of a schedule
 * @param request what to send, as whom
 */
public record ScheduledRequest(long dueNanos, RequestRecord request) {
    public ScheduledRequest {
        if (dueNanos < 0) throw new IllegalArgumentException("dueNanos must be 0 or more, was " + dueNanos);
    }
}
