package io.tierdrill.recorder.live;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the recording counts while it runs. Thread-safe. */
final class Counts {
    private static final String KERNEL_PACKETS = "kernel-packets";

    final LongAdder begun = new LongAdder();
    final LongAdder writtenEarly = new LongAdder();
    final LongAdder outOfOrder = new LongAdder();
    final LongAdder bodiesLeftOut = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
    private volatile long unseenPackets;

    Counts() {
        for (DropReason reason : DropReason.values()) dropped.put(reason, new LongAdder());
    }

    void drop(DropReason reason) {
        drop(reason, 1);
    }

    void drop(DropReason reason, long requests) {
        dropped.get(reason).add(requests);
    }

    /** Packets in all. */
    void unseen(long packets) {
        unseenPackets = packets;
    }

    /** A request that nobody is there to write. */
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

    /** What a footer tells: requests, and packets of which nobody knows what was in them. */
    Map<String, Long> missing() {
        Map<String, Long> counts = dropped();
        if (unseenPackets > 0) counts.put(KERNEL_PACKETS, unseenPackets);
        return counts;
    }
}
