package io.tierdrill.recorder.packets.http2;

import io.tierdrill.recorder.packets.stream.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the frames of one direction in pieces of any size (RFC 9113, 4.1):
 *
 * <pre>
 *   length 24 | type 8 | flags 8 | 0, stream 31 | payload
 * </pre>
 *
 * Keeps nothing but a block of headers under way; data passes through. One thread.
 */
final class FrameReader {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 9;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int PUSH_PROMISE = 5;
    private static final int GO_AWAY = 7;
    private static final int CONTINUATION = 9;

    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int PADDED = 0x8;

    private final FrameSink sink;
    private final HeaderBlock block;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private final ByteBuffer start = ByteBuffer.allocate(8);
    private int preface;
    private boolean within;
    private int type;
    private int flags;
    private int stream;
    private int remaining;
    private int padding;
    private long beginNanos;
    private long latestNanos;
    private Optional<Trouble> trouble = Optional.empty();

    /** @param fromClient whose direction begins with the preface */
    FrameReader(boolean fromClient, FrameSink sink, HeaderBlock block) {
        this.sink = sink;
        this.block = block;
        this.preface = fromClient ? 0 : PREFACE.length;
    }

    /** Why nothing more is read. */
    Optional<Trouble> trouble() {
        return trouble;
    }

    void fail(Trouble why) {
        if (trouble.isPresent()) return;
        trouble = Optional.of(why);
        block.clear();
    }

    void data(Piece piece) {
        ByteBuffer in = piece.bytes().duplicate();
        latestNanos = Math.max(latestNanos, piece.lastNanos());
        while (in.hasRemaining() && trouble.isEmpty()) {
            if (preface < PREFACE.length) preface(in.get());
            else if (within) payload(in, piece);
            else header(in, piece);
        }
    }

    private void preface(byte b) {
        if (b == PREFACE[preface]) preface++;
        else fail(Trouble.BAD_FRAMING);
    }

    private void header(ByteBuffer in, Piece piece) {
        if (header.position() == 0) beginNanos = piece.nanos();
        while (in.hasRemaining() && header.hasRemaining()) header.put(in.get());
        if (header.hasRemaining()) return;
        remaining = header.getInt(0) >>> 8;
        type = header.get(3) & 0xff;
        flags = header.get(4) & 0xff;
        stream = header.getInt(5) & Integer.MAX_VALUE;
        header.clear();
        start.clear();
        padding = 0;
        within = true;
        begin(piece);
        if (remaining == 0 && trouble.isEmpty()) end();
    }

    private void begin(Piece piece) {
        boolean continues = type == CONTINUATION;
        boolean ofStream = type <= RESET || continues || type == PUSH_PROMISE;
        if (continues != block.isOpen() || ofStream && stream == 0) fail(Trouble.BAD_FRAMING);
        else if (continues && !block.isOf(stream)) fail(Trouble.BAD_FRAMING);
        else if (type == HEADERS || type == PUSH_PROMISE)
            block.begin(type == PUSH_PROMISE, stream, flags, beginNanos, piece.place());
    }

    private void payload(ByteBuffer in, Piece piece) {
        int count = Math.min(remaining, in.remaining());
        ByteBuffer part = in.slice(in.position(), count);
        in.position(in.position() + count);
        remaining -= count;
        switch (type) {
            case DATA -> content(part);
            case HEADERS, PUSH_PROMISE, CONTINUATION -> {
                if (!block.add(part)) fail(Trouble.HEADERS_TOO_LONG);
            }
            default -> {
                while (part.hasRemaining() && start.hasRemaining()) start.put(part.get());
            }
        }
        if (remaining == 0 && trouble.isEmpty()) end();
    }

    /** Data without its padding, whose length stands before it. */
    private void content(ByteBuffer part) {
        if (isPadded() && start.position() == 0 && part.hasRemaining()) {
            start.put(part.get());
            padding = start.get(0) & 0xff;
            if (padding > remaining + part.remaining()) {
                fail(Trouble.BAD_FRAMING);
                return;
            }
        }
        int data = Math.max(0, Math.min(part.remaining(), remaining + part.remaining() - padding));
        if (data > 0) sink.data(stream, part.slice(part.position(), data));
    }

    private boolean isPadded() {
        return (flags & PADDED) != 0;
    }

    private void end() {
        within = false;
        switch (type) {
            case DATA -> {
                if ((flags & END_STREAM) != 0) sink.endOfData(stream, latestNanos);
            }
            case HEADERS, PUSH_PROMISE, CONTINUATION -> endOfHeaders();
            case RESET -> sink.reset(stream);
            case GO_AWAY -> {
                if (start.position() >= 4) sink.goAway(start.getInt(0) & Integer.MAX_VALUE);
            }
            default -> {}
        }
    }

    private void endOfHeaders() {
        if (!block.endOfFrame()) fail(Trouble.BAD_FRAMING);
        else if ((flags & END_HEADERS) != 0) {
            block.deliver(sink, latestNanos);
            if (sink.isBroken()) fail(Trouble.BAD_HEADERS);
        }
    }

    /** Bytes that were not captured: no loss but the bytes where they lie within data, else the end of reading. */
    void gap(long bytes, long nanos) {
        if (trouble.isPresent()) return;
        boolean known = within && type == DATA && bytes <= remaining && !(isPadded() && start.position() == 0);
        if (!known) {
            fail(Trouble.GAP);
            return;
        }
        remaining -= (int) bytes;
        long data = Math.min(bytes, Math.max(0, remaining + bytes - padding));
        if (data > 0) sink.dataGap(stream, data);
        latestNanos = Math.max(latestNanos, nanos);
        if (remaining == 0) end();
    }
}
