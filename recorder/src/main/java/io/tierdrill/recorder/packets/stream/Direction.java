package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.frame.Segment;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One direction of a connection. Bytes are counted from where it was first seen, so that sequence numbers may wrap:
 *
 * <pre>
 *      delivered   |  hole  |  waiting  |  hole  |  waiting
 *                  next
 * </pre>
 *
 * Where packets overlap, what came first is kept. A hole is given up when the other side has acknowledged it for a while
 * (it came, but not to us), when too much waits behind it, or at the end. One thread.
 */
final class Direction {
    /** Further ahead than any window in use: a stray packet, unless several agree. */
    private static final int FAR_AHEAD = 64 << 20;

    private static final int FAR_AHEAD_AGREE = 4;
    /** Time for packets that were captured out of order. */
    private static final long HOLE_PATIENCE_NANOS = 100_000_000;

    private final Side side;
    private final Tally tally;
    private final Memory memory;
    private final int mostWaiting;
    private final NavigableMap<Long, Waiting> waiting = new TreeMap<>();
    private long waitingBytes;
    private boolean known;
    private int nextSequence;
    private long next;
    private long waitingSince;
    private boolean finSeen;
    private long finAt;
    private boolean ended;
    private int farAhead;

    Direction(Side side, Tally tally, Memory memory, int mostWaiting) {
        this.side = side;
        this.tally = tally;
        this.memory = memory;
        this.mostWaiting = mostWaiting;
    }

    /** The next byte bears this number; ignored once that is known. */
    void beginsAt(int sequence) {
        if (known) return;
        known = true;
        nextSequence = sequence;
    }

    boolean isEnded() {
        return ended;
    }

    /** Takes a segment with payload. */
    void take(Segment segment, int sequence, Conversation reader) {
        long at = next + (sequence - nextSequence);
        long end = at + segment.length();
        if (end <= next) tally.packets(Fate.DUPLICATE, segment.packets(), segment.place());
        else if (ended) tally.packets(Fate.AFTER_CLOSE, segment.packets(), segment.place());
        else if (at - next > FAR_AHEAD && ++farAhead < FAR_AHEAD_AGREE)
            tally.packets(Fate.FAR_AHEAD, segment.packets(), segment.place());
        else {
            farAhead = 0;
            place(segment, at, end, reader);
        }
    }

    private void place(Segment segment, long at, long end, Conversation reader) {
        if (at < next) tally.observed(Observation.OVERLAPS);
        if (at <= next && waiting.isEmpty()) {
            ByteBuffer fresh = behind(segment.payload(), next - at);
            int missing = (int) (end - Math.max(next, end - segment.missing()));
            deliver(new Piece(fresh, segment.nanos(), segment.packets(), segment.place()), missing, reader);
            return;
        }
        insert(segment, Math.max(at, next), at, end);
        drain(reader);
        while (waitingBytes > mostWaiting || !waiting.isEmpty() && waiting.firstKey() - next > FAR_AHEAD)
            skipHole(reader);
    }

    private static ByteBuffer behind(ByteBuffer bytes, long skip) {
        int from = (int) Math.min(bytes.remaining(), skip);
        return bytes.slice(bytes.position() + from, bytes.remaining() - from);
    }

    /** Keeps those parts of {@code from} to {@code end} that nothing else has filled yet. */
    private void insert(Segment segment, long from, long at, long end) {
        int packets = segment.packets();
        long cursor = from;
        boolean overlaps = false;
        Map.Entry<Long, Waiting> before = waiting.floorEntry(cursor);
        if (before != null && before.getValue().end() > cursor) {
            cursor = before.getValue().end();
            overlaps = true;
        }
        while (cursor < end) {
            Map.Entry<Long, Waiting> after = waiting.ceilingEntry(cursor);
            long stop = after == null ? end : Math.min(end, after.getKey());
            if (stop > cursor) {
                keep(part(segment, at, cursor, stop, packets));
                packets = 0;
            }
            if (after == null || stop == end) break;
            cursor = after.getValue().end();
            overlaps = true;
        }
        if (packets > 0) tally.packets(Fate.DUPLICATE, packets, segment.place());
        else if (overlaps) tally.observed(Observation.OVERLAPS);
    }

    private static Waiting part(Segment segment, long at, long from, long to, int packets) {
        int captured = segment.payload().remaining();
        int start = (int) Math.min(captured, from - at);
        int stop = (int) Math.min(captured, to - at);
        byte[] bytes = new byte[stop - start];
        segment.payload().get(segment.payload().position() + start, bytes);
        int missing = (int) (to - from) - bytes.length;
        return new Waiting(from, bytes, missing, segment.nanos(), packets, segment.place());
    }

    private void keep(Waiting piece) {
        if (waiting.isEmpty()) waitingSince = piece.nanos();
        waiting.put(piece.at(), piece);
        waitingBytes += piece.cost();
        memory.take(piece.cost());
    }

    private void drain(Conversation reader) {
        while (!waiting.isEmpty() && waiting.firstKey() <= next) {
            Waiting piece = waiting.pollFirstEntry().getValue();
            release(piece);
            waitingSince = piece.nanos();
            ByteBuffer bytes = ByteBuffer.wrap(piece.bytes());
            deliver(new Piece(bytes, piece.nanos(), piece.packets(), piece.place()), piece.missing(), reader);
        }
    }

    private void release(Waiting piece) {
        waitingBytes -= piece.cost();
        memory.give(piece.cost());
    }

    private void deliver(Piece piece, int missing, Conversation reader) {
        int length = piece.bytes().remaining();
        next += length + missing;
        nextSequence += length + missing;
        if (length > 0) reader.data(side, piece);
        else tally.packets(Fate.CUT, piece.packets(), piece.place());
        if (missing > 0) reader.gap(side, missing, piece.nanos(), piece.place());
    }

    /** The other side has got everything before {@code sequence}: what we lack of it will not come again. */
    void acknowledged(int sequence, long nanos, Conversation reader) {
        if (waiting.isEmpty() || sequence - nextSequence <= 0) return;
        if (nanos - waitingSince >= HOLE_PATIENCE_NANOS) skipHole(reader);
    }

    private void skipHole(Conversation reader) {
        Waiting first = waiting.firstEntry().getValue();
        long gap = first.at() - next;
        tally.observed(Observation.HOLES);
        next += gap;
        nextSequence += (int) gap;
        reader.gap(side, gap, first.nanos(), first.place());
        drain(reader);
    }

    /** The other end of the stream is known. */
    void fin(int sequence) {
        if (finSeen || !known) return;
        finSeen = true;
        finAt = next + (sequence - nextSequence);
    }

    /** Whether everything up to the end has just been delivered. */
    boolean reachesEnd() {
        if (ended || !finSeen || next < finAt) return false;
        ended = true;
        return true;
    }

    /** Delivers what waits, holes or not. */
    void flush(Conversation reader) {
        while (!waiting.isEmpty()) skipHole(reader);
    }

    /** Nothing more is taken. */
    void end() {
        ended = true;
    }

    /** Forgets what waits. */
    void drop() {
        for (Waiting piece : waiting.values()) {
            release(piece);
            tally.packets(Fate.DROPPED, piece.packets(), piece.place());
        }
        waiting.clear();
        ended = true;
    }
}
