package io.tierdrill.recorder.packets.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The next bytes of a stream, as many as are needed at a time. One thread. */
final class ByteWindow {
    private static final int FIRST_BYTES = 256 << 10;

    private final InputStream in;
    private final int mostPerRead;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int from;
    private int to;
    private long passed;

    /** @param mostPerRead more is never asked for at once */
    ByteWindow(InputStream in, int mostPerRead) {
        this.in = in;
        this.mostPerRead = mostPerRead;
    }

    /** Bytes taken so far. */
    long position() {
        return passed;
    }

    /** Bytes that are here but not taken; after a failed {@link #has}, all that were left. */
    int left() {
        return to - from;
    }

    /** Whether some bytes are here, so that the next frame is here or on its way. */
    boolean ready() throws IOException {
        return to > from || in.available() > 0;
    }

    /** Waits for {@code count} bytes; false when the stream ends before. */
    boolean has(int count) throws IOException {
        if (to - from >= count) return true;
        if (bytes.length - from < count) makeRoom(count);
        while (to - from < count) {
            int read = in.read(bytes, to, Math.min(mostPerRead, bytes.length - to));
            if (read < 0) return false;
            to += read;
        }
        return true;
    }

    /** Looks at the next bytes, which {@link #has} promised; valid until more are asked for. */
    ByteBuffer peek(int count, ByteOrder order) {
        return ByteBuffer.wrap(bytes, from, count).slice().order(order);
    }

    /** Takes the next bytes, which {@link #has} promised; valid until more are asked for. */
    ByteBuffer take(int count, ByteOrder order) {
        ByteBuffer taken = peek(count, order);
        from += count;
        passed += count;
        return taken;
    }

    /** Passes over bytes without keeping them; false when the stream ends before. */
    boolean skip(long count) throws IOException {
        for (long rest = count; rest > 0; ) {
            if (!has(1)) return false;
            int step = (int) Math.min(rest, to - from);
            take(step, ByteOrder.BIG_ENDIAN);
            rest -= step;
        }
        return true;
    }

    private void makeRoom(int count) {
        byte[] target = count > bytes.length ? new byte[Math.max(count, bytes.length * 2)] : bytes;
        System.arraycopy(bytes, from, target, 0, to - from);
        bytes = target;
        to -= from;
        from = 0;
    }
}
