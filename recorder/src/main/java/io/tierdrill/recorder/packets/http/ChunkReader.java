package io.tierdrill.recorder.packets.http;

import java.nio.ByteBuffer;

/** A body in chunks (RFC 9112, 7.1): {@code size ; extension CRLF bytes CRLF ... 0 CRLF trailers CRLF}. One thread. */
final class ChunkReader {
    private static final int MOST_SIZE_DIGITS = 15;
    /** Extensions and trailers are passed over, but not without end. */
    private static final int MOST_LINE_BYTES = 64 << 10;

    enum State {
        MORE,
        WHOLE,
        WRONG
    }

    private enum Within {
        SIZE,
        EXTENSION,
        BYTES,
        LINE_END,
        TRAILERS
    }

    private final Messages messages;
    private Within within = Within.SIZE;
    private long size;
    private int digits;
    private int passed;
    private boolean lineEmpty;

    ChunkReader(Messages messages) {
        this.messages = messages;
    }

    void begin() {
        within = Within.SIZE;
        size = 0;
        digits = 0;
        passed = 0;
    }

    /** Takes bytes until the body is whole or wrong. */
    State take(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (within == Within.BYTES) {
                bytes(in);
                continue;
            }
            State state = take(in.get());
            if (state != State.MORE) return state;
        }
        return State.MORE;
    }

    /** Passes over bytes that were not captured, if they lie within a chunk. */
    boolean skip(long bytes) {
        if (within != Within.BYTES || bytes > size) return false;
        size -= bytes;
        if (size == 0) within = Within.LINE_END;
        return true;
    }

    private void bytes(ByteBuffer in) {
        int count = (int) Math.min(size, in.remaining());
        messages.body(in.slice(in.position(), count));
        in.position(in.position() + count);
        size -= count;
        if (size == 0) within = Within.LINE_END;
    }

    private State take(byte b) {
        if (within != Within.LINE_END && ++passed > MOST_LINE_BYTES) return State.WRONG;
        return switch (within) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case LINE_END -> lineEnd(b);
            default -> trailers(b);
        };
    }

    private State size(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            if (++digits > MOST_SIZE_DIGITS) return State.WRONG;
            size = size << 4 | digit;
            return State.MORE;
        }
        if (digits == 0) return State.WRONG;
        within = Within.EXTENSION;
        boolean ends = b == ';' || b == ' ' || b == '\t' || b == '\r' || b == '\n';
        return ends ? extension(b) : State.WRONG;
    }

    private State extension(byte b) {
        if (b != '\n') return State.MORE;
        passed = 0;
        lineEmpty = true;
        within = size == 0 ? Within.TRAILERS : Within.BYTES;
        return State.MORE;
    }

    private State lineEnd(byte b) {
        if (b == '\r') return State.MORE;
        if (b != '\n') return State.WRONG;
        begin();
        return State.MORE;
    }

    private State trailers(byte b) {
        if (b == '\n') {
            if (lineEmpty) return State.WHOLE;
            lineEmpty = true;
        } else if (b != '\r') lineEmpty = false;
        return State.MORE;
    }
}
