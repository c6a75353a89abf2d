package io.tierdrill.recorder.packets.order;

import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestPacker;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Gives requests in the order in which they began, while they are still coming: one is written once no earlier one is
 * open. What waits behind an open one is bounded; beyond it the earliest open one is written as far as it is known, so a
 * long poll costs its own response and not the memory. One thread.
 */
public final class TraceOrder {
    /** Packets captured out of order begin requests this much in the past. */
    private static final long SLACK_NANOS = 250_000_000;

    /** What a record costs beside its texts, roughly. */
    private static final int OVERHEAD = 400;

    private static final int MESSAGE = 200;

    private static final Comparator<Entry> BY_TIME = TraceOrder::compare;

    /** Takes requests in order; their offset is the time since 1970. */
    @FunctionalInterface
    public interface Sink {
        void write(PackedRequest request) throws IOException;

        /** A message, in the same order; ignored by those who want requests only. */
        default void write(PackedMessage message) throws IOException {}
    }

    /** Someone whose request is open. */
    @FunctionalInterface
    public interface Owner {
        /** It must be written now: what is known of it, or empty when that is too little. Called once at most. */
        Optional<RequestRecord> giveUp();

        /** Whether enough is known to give it up without losing the request. */
        default boolean isWorthGivingUp() {
            return true;
        }
    }

    /** Nearly all: those that begin in order of time. */
    private final Deque<Entry> inOrder = new ArrayDeque<>();
    /** Those that begin in the past, from packets that were captured late, or were moved. */
    private final PriorityQueue<Entry> others = new PriorityQueue<>(BY_TIME);

    private final long mostHeldBytes;
    private final long mostHeldNanos;
    private final Tally tally;
    private final Sink sink;
    private long heldBytes;
    private final RequestPacker packer = new RequestPacker();
    private long serial;
    private long lastNanos;

    /** Without a bound in time. */
    public TraceOrder(long mostHeldBytes, Tally tally, Sink sink) {
        this(mostHeldBytes, Long.MAX_VALUE, tally, sink);
    }

    /**
     * @param mostHeldBytes of requests that wait for earlier ones
     * @param mostHeldNanos for which a request may be open; then it is given up, or moved to the present while it is still
     *     being sent
     */
    public TraceOrder(long mostHeldBytes, long mostHeldNanos, Tally tally, Sink sink) {
        this.mostHeldBytes = mostHeldBytes;
        this.mostHeldNanos = mostHeldNanos;
        this.tally = tally;
        this.sink = sink;
    }

    /** A request begins; nothing later is written until it is completed or cancelled. */
    public Entry begin(long nanos, Owner owner) {
        if (nanos < lastNanos) tally.observed(Observation.MOVED);
        Entry entry = new Entry(Math.max(nanos, lastNanos), serial++, owner);
        add(entry);
        return entry;
    }

    /** A message on a WebSocket, of which everything is known. */
    public void add(PackedMessage message) {
        Entry entry = new Entry(Math.max(message.offsetNanos(), lastNanos), serial++, Optional::empty);
        add(entry);
        entry.message = message;
        entry.close(MESSAGE);
    }

    private void add(Entry entry) {
        Entry last = inOrder.peekLast();
        if (last == null || last.nanos <= entry.nanos) inOrder.addLast(entry);
        else others.add(entry);
    }

    /** The earliest, or null. */
    private Entry peek() {
        Entry first = inOrder.peekFirst();
        Entry other = others.peek();
        if (first == null || other == null) return first == null ? other : first;
        return compare(first, other) < 0 ? first : other;
    }

    private void remove(Entry earliest) {
        if (earliest == inOrder.peekFirst()) inOrder.pollFirst();
        else others.poll();
    }

    private static int compare(Entry a, Entry b) {
        return a.nanos == b.nanos ? Long.compare(a.serial, b.serial) : Long.compare(a.nanos, b.nanos);
    }

    /** Writes what nothing earlier can precede any more. */
    public void advance(long nowNanos) throws IOException {
        advance(nowNanos, SLACK_NANOS);
    }

    /** The same, where it is known that nothing captured before that time will come any more. */
    public void settled(long nowNanos) throws IOException {
        advance(nowNanos, 0);
    }

    private void advance(long nowNanos, long slackNanos) throws IOException {
        for (Entry first = peek(); first != null; first = peek()) {
            boolean full = heldBytes > mostHeldBytes;
            boolean late = !first.closed && nowNanos - first.nanos > mostHeldNanos;
            if (late && !full && !first.owner.isWorthGivingUp()) {
                moveToPresent(first, nowNanos);
                continue;
            }
            if (!full && !late && (!first.closed || first.nanos > nowNanos - slackNanos)) return;
            if (!first.closed) first.giveUp();
            remove(first);
            write(first);
        }
    }

    /** A request that is still being sent must not hold up the others, nor be lost. */
    private void moveToPresent(Entry open, long nowNanos) {
        remove(open);
        if (!open.moved) tally.observed(Observation.MOVED);
        open.moved = true;
        open.nanos = nowNanos;
        add(open);
    }

    /** Writes everything. */
    public void finish() throws IOException {
        for (Entry first = peek(); first != null; first = peek()) {
            if (!first.closed) first.giveUp();
            remove(first);
            write(first);
        }
    }

    private void write(Entry entry) throws IOException {
        heldBytes -= entry.cost;
        if (entry.record == null && entry.message == null) return;
        lastNanos = entry.nanos;
        if (entry.message != null) sink.write(entry.message.at(entry.nanos));
        else sink.write(entry.record.at(entry.nanos));
    }

    private static long cost(PackedRequest record) {
        return OVERHEAD + record.texts().length + record.body().bytes().length;
    }

    /** The place of one request or message. */
    public final class Entry {
        private final long serial;
        private Owner owner;
        private long nanos;
        private boolean moved;
        private boolean closed;
        private PackedRequest record;
        private PackedMessage message;
        private long cost;

        private Entry(long nanos, long serial, Owner owner) {
            this.nanos = nanos;
            this.serial = serial;
            this.owner = owner;
        }

        /** Whether it was written or cancelled, or waits to be. */
        public boolean isClosed() {
            return closed;
        }

        /** Ready to be written; not when it is closed. */
        public void complete(RequestRecord complete) {
            if (closed) throw new IllegalStateException("the request is closed already");
            // Packed, as it waits a quarter of a second in which young objects are copied about.
            record = packer.pack(complete);
            close(cost(record));
        }

        /** It will not be written. */
        public void cancel() {
            if (!closed) close(OVERHEAD);
        }

        /** Until it is taken out it costs memory, also when there is nothing to write. */
        private void close(long costs) {
            closed = true;
            owner = null;
            cost = costs;
            heldBytes += costs;
        }

        private void giveUp() {
            Optional<RequestRecord> known = owner.giveUp();
            if (known.isEmpty()) cancel();
            else complete(known.get());
        }
    }
}
