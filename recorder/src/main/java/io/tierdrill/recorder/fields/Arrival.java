package io.tierdrill.recorder.fields;

import io.tierdrill.model.trace.RequestRecord;

/**
 * A request and when it came.
 *
 * @param epochNanos nanoseconds since 1970 in UTC; where the document counts from a zero of its own, since that
 * @param request at offset 0
 */
public record Arrival(long epochNanos, RequestRecord request) {}
