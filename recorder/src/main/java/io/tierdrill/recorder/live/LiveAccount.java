package io.tierdrill.recorder.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every request a recording was told of: {@code begun = recorded + dropped + held}, exactly so when the
 * recording has ended and within what is under way before. Serialises to JSON as it stands.
 *
 * @param begun requests the recording was told of
 * @param recorded of these, in a file where they survive a kill
 * @param dropped of these, by {@link DropReason#word}
 * @param held of these, still in memory; 0 at the end
 * @param writtenEarly recorded without their response, as it took longer than the window
 * @param outOfOrder recorded at the time of the request before them, as they were told of too late to be sorted in
 * @param bodiesLeftOut recorded with the size of their body only, as the buffer had no room for it
 * @param masked what the redaction has replaced, by kind
 * @param files written or appended to
 * @param bytes in these files
 * @param heldBytes of memory in use for requests on their way
 * @param bufferBytes the most memory for them
 * @param clockSteps steps of the wall clock that were noticed and not followed, in words
 * @param messages what became of what was said on WebSockets
 * @param problem why nothing can be written right now; empty where all is well
 */
public record LiveAccount(
        long begun,
        long recorded,
        Map<String, Long> dropped,
        long held,
        long writtenEarly,
        long outOfOrder,
        long bodiesLeftOut,
        Map<String, Long> masked,
        long files,
        long bytes,
        long heldBytes,
        long bufferBytes,
        List<String> clockSteps,
        MessageAccount messages,
        String problem) {
    public LiveAccount {
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
        masked = Collections.unmodifiableMap(new TreeMap<>(masked));
        clockSteps = List.copyOf(clockSteps);
    }

    /** The same, with the reason why nothing can be written. */
    LiveAccount failing(String why) {
        return new LiveAccount(
                begun,
                recorded,
                dropped,
                held,
                writtenEarly,
                outOfOrder,
                bodiesLeftOut,
                masked,
                files,
                bytes,
                heldBytes,
                bufferBytes,
                clockSteps,
                messages,
                why);
    }

    /** All that was dropped. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
