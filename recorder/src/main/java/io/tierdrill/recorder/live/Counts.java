package io.tierdrill.recorder.live;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the recording counts while it runs. Thread-safe. */
final class Counts {
    private static final String KERNEL_PACKETS = "kernel-packets";

    /** Before the reasons of messages, in the footer of a trace. */
    private static final String MESSAGES = "messages-";

    final Drops requests = new Drops();
    final Drops messages = new Drops();
    final LongAdder writtenEarly = new LongAdder();
    final LongAdder outOfOrder = new LongAdder();
    final LongAdder bodiesLeftOut = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    private volatile long unseenPackets;

    /** Packets in all. */
    void unseen(long packets) {
        unseenPackets = packets;
    }

    /** All that is missing from the traces, as their footers tell it. */
    Map<String, Long> dropped() {
        Map<String, Long> all = new TreeMap<>(requests.dropped());
        messages.dropped().forEach((reason, count) -> all.put(MESSAGES + reason, count));
        return all;
    }

    /** What a footer tells: requests, and packets of which nobody knows what was in them. */
    Map<String, Long> missing() {
        Map<String, Long> counts = dropped();
        if (unseenPackets > 0) counts.put(KERNEL_PACKETS, unseenPackets);
        return counts;
    }
}
