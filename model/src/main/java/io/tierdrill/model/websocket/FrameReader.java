package io.tierdrill.model.websocket;

/**
 * Follows the frames that one side of a WebSocket sends (RFC 6455, 5) as their bytes pass, in whatever pieces. It reads
 * headers, skips payloads and keeps nothing of them but a close code; memory is a handful of numbers.
 *
 * <pre>
 *   FIRST -> SECOND -> [LENGTH] -> [MASK] -> PAYLOAD -> FIRST      a message ends with its last frame
 *                                               |
 *                                               +-> OVER            behind a close frame, or what is no frame
 * </pre>
 *
 * Sizes are those on the wire: a message that was compressed has its compressed size (the reserved bits belong to
 * extensions, and are not looked at). Whether a frame is masked it says itself: clients must and servers must not, but some
 * do otherwise and are understood. One thread.
 */
public final class FrameReader {
    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MOST_OF_CONTROL = 125;
    private static final int MOST_OF_TWO_BYTES = 0xffff;
    private static final int CODE_BYTES = 2;
    private static final int MASK_BYTES = 4;

    /** Where the bytes are: a view of memory that stays as it is. */
    public interface Bytes {
        byte at(int index);
    }

    /** Is told what passed. Times are those of the bytes, in nanoseconds of whoever reads. */
    public interface Messages {
        /**
         * A message has passed whole; a close is told by {@link #close} instead.
         *
         * @param bytes of payload, of all its frames together
         * @param firstNanos when its first byte came
         * @param lastNanos when its last byte came
         */
        void message(Opcode opcode, long bytes, long firstNanos, long lastNanos);

        /**
         * A close frame has passed; nothing more is read.
         *
         * @param bytes of payload
         * @param code as it was sent, or {@link CloseCode#NONE}
         */
        void close(int code, long bytes, long firstNanos, long lastNanos);

        /** What comes is not what the standard allows; nobody knows where the next frame begins, and nothing more is read. */
        void unreadable();
    }

    private enum State {
        FIRST,
        SECOND,
        LENGTH,
        MASK,
        PAYLOAD,
        OVER
    }

    private final Messages messages;
    private State state = State.FIRST;
    private int first;
    private int lengthBytes;
    private boolean masked;
    /** Of the current field still to come. */
    private int missing;

    private long left;
    private long frameBytes;
    private int mask;
    private int code;
    private int codeBytes;
    private long frameFirstNanos;

    private boolean begun;
    private Opcode data = Opcode.TEXT;
    private long dataBytes;
    private long dataFirstNanos;

    public FrameReader(Messages messages) {
        this.messages = messages;
    }

    /** The next bytes, which came at this time. */
    public void read(Bytes bytes, int from, int to, long nanos) {
        for (int at = from; at < to && state != State.OVER; ) {
            if (state == State.PAYLOAD) at += payload(bytes, at, to, nanos);
            else header(bytes.at(at++) & 0xff, nanos);
        }
    }

    /**
     * So many bytes came that nobody saw. Nothing is lost by it where they are payload; otherwise the rest is unreadable.
     */
    public void missed(long count, long nanos) {
        if (state == State.OVER || count == 0) return;
        if (state != State.PAYLOAD || isClose() || count > left) {
            bad();
            return;
        }
        left -= count;
        if (left == 0) frameEnd(nanos);
    }

    /** Whether the side has said all, with a close frame or with what is no frame. */
    public boolean isOver() {
        return state == State.OVER;
    }

    /** Whether a message has begun and is not whole. */
    public boolean isWithin() {
        return begun || state != State.FIRST && state != State.OVER;
    }

    private void header(int b, long nanos) {
        switch (state) {
            case FIRST -> first(b, nanos);
            case SECOND -> second(b, nanos);
            case LENGTH -> length(b, nanos);
            default -> {
                mask = mask << 8 | b;
                if (--missing == 0) payloadBegins(nanos);
            }
        }
    }

    private void first(int b, long nanos) {
        first = b;
        frameFirstNanos = nanos;
        int opcode = b & OPCODE;
        boolean continues = opcode == 0;
        boolean control = opcode >= 8;
        boolean known = continues || Opcode.isKnown(opcode);
        if (!known || control && (b & FIN) == 0 || !control && continues != begun) {
            bad();
            return;
        }
        if (!control && !continues) begin(Opcode.of(opcode), nanos);
        state = State.SECOND;
    }

    private void begin(Opcode opcode, long nanos) {
        begun = true;
        data = opcode;
        dataBytes = 0;
        dataFirstNanos = nanos;
    }

    private void second(int b, long nanos) {
        masked = (b & MASKED) != 0;
        int length = b & LENGTH;
        if (isControl() && length > MOST_OF_CONTROL) {
            bad();
            return;
        }
        left = 0;
        lengthBytes = length == TWO_BYTES ? 2 : length == EIGHT_BYTES ? 8 : 0;
        missing = lengthBytes;
        if (lengthBytes > 0) {
            state = State.LENGTH;
        } else {
            left = length;
            lengthKnown(nanos);
        }
    }

    private void length(int b, long nanos) {
        left = left << 8 | b;
        if (--missing > 0) return;
        // The shortest form is the only one allowed, and the highest bit of the longest is zero.
        if (left < (lengthBytes == 2 ? TWO_BYTES : MOST_OF_TWO_BYTES + 1)) bad();
        else lengthKnown(nanos);
    }

    private void lengthKnown(long nanos) {
        if (isClose() && left == 1) {
            bad();
            return;
        }
        frameBytes = left;
        if (!isControl()) dataBytes += left;
        codeBytes = 0;
        code = 0;
        mask = 0;
        if (masked) {
            state = State.MASK;
            missing = MASK_BYTES;
        } else {
            payloadBegins(nanos);
        }
    }

    private void payloadBegins(long nanos) {
        state = State.PAYLOAD;
        if (left == 0) frameEnd(nanos);
    }

    /** Answers how many bytes were taken. */
    private int payload(Bytes bytes, int at, int to, long nanos) {
        int count = (int) Math.min(left, to - at);
        if (isClose())
            for (int i = 0; i < count && codeBytes < CODE_BYTES; i++) code = code << 8 | unmasked(bytes.at(at + i));
        left -= count;
        if (left == 0) frameEnd(nanos);
        return count;
    }

    private int unmasked(byte b) {
        return (b ^ mask >>> 8 * (MASK_BYTES - 1 - codeBytes++)) & 0xff;
    }

    private void frameEnd(long nanos) {
        state = State.FIRST;
        if (isClose()) {
            state = State.OVER;
            begun = false;
            // A code comes first in the payload, which is empty without one.
            messages.close(codeBytes == 0 ? CloseCode.NONE : code, frameBytes, frameFirstNanos, nanos);
        } else if (isControl()) {
            messages.message(Opcode.of(first & OPCODE), frameBytes, frameFirstNanos, nanos);
        } else if ((first & FIN) != 0) {
            begun = false;
            messages.message(data, dataBytes, dataFirstNanos, nanos);
        }
    }

    private boolean isControl() {
        return (first & OPCODE) >= 8;
    }

    private boolean isClose() {
        return (first & OPCODE) == Opcode.CLOSE.number();
    }

    private void bad() {
        state = State.OVER;
        begun = false;
        messages.unreadable();
    }
}
