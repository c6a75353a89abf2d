package io.tierdrill.model.trace;

import java.time.Instant;
import java.util.Map;

/**
 * What is true of a whole trace; kept in the container's metadata.
 *
 * @param start the wall-clock instant of offset zero
 * @param source where it came from, for people: {@code import access.log (combined)}
 * @param notes further facts such as the rule that placed one-second stamps within the second
 */
public record TraceHeader(Instant start, String source, Map<String, String> notes) {
    public TraceHeader {
        notes = Map.copyOf(notes);
    }
}
