package io.tierdrill.recorder.merge;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was merged. Serialises to the JSON of {@code import --json} as it stands.
 *
 * @param read requests of all traces that could be read
 * @param imported the same: nothing is left out
 * @param rejected nothing
 * @param inputs each trace, in the order given
 * @param redacted whether secrets were masked now; otherwise they had been before
 * @param first when the earliest request arrived; null when there is none
 * @param last when the latest one arrived; null when there is none
 */
public record MergeAccount(
        long read,
        long imported,
        Map<String, Long> rejected,
        List<Input> inputs,
        boolean redacted,
        Instant first,
        Instant last) {

    public MergeAccount {
        inputs = List.copyOf(inputs);
        long sum = inputs.stream().mapToLong(Input::requests).sum();
        if (sum != read || imported != read)
            throw new IllegalArgumentException("read " + read + " of " + sum + " requests and wrote " + imported);
    }

    /**
     * One trace.
     *
     * @param messages on WebSockets
     * @param start instant of its offset zero
     * @param source where it came from, in its own words
     * @param damage what of it was lost and where; empty if it is whole
     */
    public record Input(String file, long requests, long messages, Instant start, String source, String damage) {}
}
