package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the records of one direction. Keeps one record at most. One thread. */
final class RecordReader {
    private static final int HEADER_BYTES = 5;
    /** RFC 5246, 6.2.3: 2^14 and what encryption may add. */
    private static final int MOST_FRAGMENT_BYTES = (16 << 10) + 2048;

    private static final byte[] NOTHING = {};

    private final Side side;
    private final Memory memory;
    private final Consumer<TlsRecord> records;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private byte[] fragment = NOTHING;
    private boolean within;
    private int length;
    private boolean whole = true;
    private long nanos;
    private long latestNanos;
    private int packets;
    private Place place;
    private Optional<Fate> lost = Optional.empty();

    RecordReader(Side side, Memory memory, Consumer<TlsRecord> records) {
        this.side = side;
        this.memory = memory;
        this.records = records;
    }

    /** Why it is not known where records begin. */
    Optional<Fate> lost() {
        return lost;
    }

    void data(Piece piece) {
        if (packets == 0) place = piece.place();
        packets += piece.packets();
        latestNanos = Math.max(latestNanos, piece.lastNanos());
        ByteBuffer in = piece.bytes().duplicate();
        while (in.hasRemaining() && lost.isEmpty()) {
            if (!within) header(in, piece);
            else content(in);
        }
    }

    private void header(ByteBuffer in, Piece piece) {
        if (header.position() == 0) nanos = piece.nanos();
        while (in.hasRemaining() && header.hasRemaining()) header.put(in.get());
        if (header.hasRemaining()) return;
        int type = header.get(0);
        int size = header.getShort(3) & 0xffff;
        if (type < TlsRecord.CHANGE_CIPHER_SPEC
                || type > TlsRecord.HEARTBEAT
                || header.get(1) != 3
                || size > MOST_FRAGMENT_BYTES) {
            lost = Optional.of(Fate.BAD_FRAMING);
            return;
        }
        within = true;
        whole = true;
        length = 0;
        fragment = new byte[size];
        memory.take(size);
        if (size == 0) end();
    }

    private void content(ByteBuffer in) {
        int count = Math.min(fragment.length - length, in.remaining());
        in.get(fragment, length, count);
        length += count;
        if (length == fragment.length) end();
    }

    private void end() {
        TlsRecord record = new TlsRecord(
                side, header.get(0), header.getShort(1) & 0xffff, fragment, whole, nanos, latestNanos, packets, place);
        clear();
        packets = 0;
        records.accept(record);
    }

    private void clear() {
        memory.give(fragment.length);
        fragment = NOTHING;
        within = false;
        header.clear();
    }

    /** Bytes that were not captured: one record is lost where they lie within it, else all that follow. */
    void gap(long bytes, long atNanos) {
        if (lost.isPresent()) return;
        if (!within || bytes > fragment.length - length) {
            clear();
            lost = Optional.of(Fate.GAP);
            return;
        }
        whole = false;
        length += (int) bytes;
        latestNanos = Math.max(latestNanos, atNanos);
        if (length == fragment.length) end();
    }

    /** Packets of which nothing came of. */
    void account(Tally tally, Fate fate) {
        tally.packets(fate, packets, place);
        packets = 0;
    }

    void close() {
        clear();
    }
}
