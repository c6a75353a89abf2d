package io.tierdrill.model.trace;

import io.tierdrill.model.websocket.CloseCode;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.util.Arrays;

/**
 * All messages of one WebSocket, to be said again: a handful of bytes for each. The moments are when a message began, from
 * the request that opened the WebSocket. Immutable; whoever reads has a {@link Reading} of his own.
 */
public final class MessageScript {
    private final byte[] bytes;
    private final long firstNanos;
    private final long openedNanos;
    private final double speed;
    private final long mostNanos;

    private MessageScript(byte[] bytes, long firstNanos, long openedNanos, double speed, long mostNanos) {
        this.bytes = bytes;
        this.firstNanos = firstNanos;
        this.openedNanos = openedNanos;
        this.speed = speed;
        this.mostNanos = mostNanos;
    }

    /**
     * The same as it follows a request.
     *
     * @param openedNanos offset of that request in the trace
     * @param speed time of the trace over that of the reader
     * @param mostNanos what would begin so long after the request, in the reader's time, is left out
     */
    public MessageScript after(long openedNanos, double speed, long mostNanos) {
        return new MessageScript(bytes, firstNanos, openedNanos, speed, mostNanos);
    }

    public Reading reading() {
        return new Reading();
    }

    /** Gathers messages in the order of a trace. One thread. */
    public static final class Builder {
        private byte[] bytes = new byte[32];
        private int length;
        private boolean any;
        private long firstNanos;
        private long lastNanos;

        public void add(MessageRecord message) {
            if (!any) firstNanos = lastNanos = message.offsetNanos();
            any = true;
            // In a trace that was damaged time may go back.
            number(message.offsetNanos() - lastNanos);
            lastNanos = message.offsetNanos();
            number(message.tookNanos());
            number(message.opcode().number() << 1 | (message.from() == Side.CLIENT ? 1 : 0));
            number(message.bytes());
            if (message.closeCode().isPresent()) number(message.closeCode().get());
        }

        /** Memory it takes up, roughly. */
        public int size() {
            return bytes.length;
        }

        public MessageScript build() {
            return new MessageScript(Arrays.copyOf(bytes, length), firstNanos, firstNanos, 1, Long.MAX_VALUE);
        }

        private void number(long value) {
            if (bytes.length - length < 10) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            long bits = value << 1 ^ value >> 63;
            for (; (bits & ~0x7fL) != 0; bits >>>= 7) bytes[length++] = (byte) (bits & 0x7f | 0x80);
            bytes[length++] = (byte) bits;
        }
    }

    /** One message after the other; {@link #next} first. One thread. */
    public final class Reading {
        private int at;
        private long offset = firstNanos;
        private long dueNanos;
        private Side from = Side.CLIENT;
        private Opcode opcode = Opcode.TEXT;
        private long size;
        private int closeCode = CloseCode.NONE;

        private Reading() {}

        /** Goes to the next; false where there is none. */
        public boolean next() {
            if (at == bytes.length) return false;
            offset += number();
            long began = offset - number() - openedNanos;
            int kind = (int) number();
            from = (kind & 1) == 1 ? Side.CLIENT : Side.SERVER;
            opcode = Opcode.of(kind >> 1);
            size = number();
            if (opcode == Opcode.CLOSE) closeCode = (int) number();
            dueNanos = Math.max(0, Math.round(began / speed));
            if (dueNanos < mostNanos) return true;
            at = bytes.length;
            return false;
        }

        private long number() {
            long bits = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                bits |= (b & 0x7fL) << shift;
                if (b >= 0) return bits >>> 1 ^ -(bits & 1);
            }
        }

        /** When it began, from the request on. */
        public long dueNanos() {
            return dueNanos;
        }

        public Side from() {
            return from;
        }

        public Opcode opcode() {
            return opcode;
        }

        /** Of payload. */
        public long bytes() {
            return size;
        }

        /** Of the last close that was read. */
        public int closeCode() {
            return closeCode;
        }
    }
}
