package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Records of both sides that wait, in order, for a key that may still come: for a while, and up to a size. Meanwhile later
 * requests of others are not written, as those in here are earlier. One thread.
 */
final class Waiting {
    private static final long MOST_NANOS = 5_000_000_000L;
    private static final long MOST_BYTES = 1 << 20;

    private final TlsConversations shared;
    private final TlsConversation conversation;
    private final Memory memory;
    private final Predicate<TlsRecord> process;
    private final Deque<TlsRecord> records = new ArrayDeque<>();
    private final Set<Side> finished = EnumSet.noneOf(Side.class);
    private Optional<TraceOrder.Entry> place = Optional.empty();
    private long bytes;
    private long sinceNanos;
    private boolean gaveUp;

    /** @param process false when a record must wait still */
    Waiting(TlsConversations shared, TlsConversation conversation, Predicate<TlsRecord> process) {
        this.shared = shared;
        this.conversation = conversation;
        this.memory = shared.desk().memory();
        this.process = process;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    boolean mayWait() {
        return shared.keys().grows() && !gaveUp;
    }

    void add(TlsRecord record) {
        if (records.isEmpty()) begin(record);
        records.add(record);
        bytes += record.cost();
        memory.take(record.cost());
        // The key is often there already, written after the file was last read.
        if (records.size() == 1) {
            shared.keys().readMore();
            drain();
        }
        if (bytes > MOST_BYTES) giveUp();
    }

    private void begin(TlsRecord record) {
        sinceNanos = record.lastNanos();
        place = Optional.of(shared.desk().order().begin(record.nanos(), Optional::empty));
        shared.waits(conversation);
    }

    void lookAgain(long nowNanos) {
        drain();
        if (!isEmpty() && nowNanos - sinceNanos > MOST_NANOS) giveUp();
    }

    /** The keys do not come. */
    void giveUp() {
        gaveUp = true;
        drain();
    }

    private void drain() {
        while (!records.isEmpty()) {
            if (!process.test(records.peek())) return;
            TlsRecord done = records.poll();
            bytes -= done.cost();
            memory.give(done.cost());
        }
        place.ifPresent(TraceOrder.Entry::cancel);
        place = Optional.empty();
        shared.waitsNoLonger(conversation);
    }

    /** A side has sent all; what it sent still waits. */
    void finishes(Side side) {
        finished.add(side);
    }

    Set<Side> finished() {
        return finished;
    }

    /** Nothing more comes. */
    void end() {
        if (isEmpty()) return;
        shared.keys().readMore();
        drain();
        if (!isEmpty()) giveUp();
    }
}
