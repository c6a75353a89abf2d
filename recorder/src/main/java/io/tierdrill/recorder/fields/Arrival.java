package io.tierdrill.recorder.fields;

import io.tierdrill.model.trace.RequestRecord;

/**
 * A request and when it came.
 *
 * @param epochNanos the time that the document tells, in nanoseconds since 1970 in UTC; where it counts from a zero of
 *     its own, since that; anything where it tells none
 * @param sinceArrivalNanos how long before that the request had arrived; 0, or its duration where ends are told
 * @param request at offset 0
 */
public record Arrival(long epochNanos, long sinceArrivalNanos, RequestRecord request) {
    /** A request whose beginning is told. */
    public Arrival(long epochNanos, RequestRecord request) {
        this(epochNanos, 0, request);
    }
}
