package io.tierdrill.recorder.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the messages on WebSockets, as {@link LiveAccount} tells it of requests: {@code seen = recorded + dropped
 * + held}.
 *
 * @param seen messages the recording was told of
 * @param recorded of these, in a file where they survive a kill
 * @param dropped of these, by {@link DropReason#word}
 * @param held of these, still in memory; 0 at the end
 * @param unreadable sides of WebSockets on which no more messages could be told apart
 */
public record MessageAccount(long seen, long recorded, Map<String, Long> dropped, long held, long unreadable) {
    public MessageAccount {
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    }

    /** Of a recording without any. */
    static MessageAccount none() {
        return new MessageAccount(0, 0, Map.of(), 0, 0);
    }

    /** All that was dropped. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
