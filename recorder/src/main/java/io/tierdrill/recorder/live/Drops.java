package io.tierdrill.recorder.live;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What was told of, and what of it was dropped and why: of requests, or of messages. Thread-safe. */
final class Drops {
    final LongAdder begun = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

    Drops() {
        for (DropReason reason : DropReason.values()) dropped.put(reason, new LongAdder());
    }

    void drop(DropReason reason) {
        drop(reason, 1);
    }

    void drop(DropReason reason, long count) {
        dropped.get(reason).add(count);
    }

    /** One that nobody is there to write. */
    void lost() {
        begun.increment();
        drop(DropReason.FAULT);
    }

    long droppedInAll() {
        return dropped.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** By word, only what happened. */
    Map<String, Long> dropped() {
        Map<String, Long> counts = new LinkedHashMap<>();
        dropped.forEach((reason, count) -> {
            if (count.sum() > 0) counts.put(reason.word(), count.sum());
        });
        return counts;
    }
}
