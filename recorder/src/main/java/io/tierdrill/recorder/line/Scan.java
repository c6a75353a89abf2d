package io.tierdrill.recorder.line;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks for bytes eight at a time. A byte of a word is zero where subtracting one from it borrows and it had no high bit
 * (Warren, Hacker's Delight, 6-1); the lowest such byte is exact, what is above it may be a false alarm. Keeps a view of the
 * array asked about last. One thread.
 */
public final class Scan {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private byte[] viewed = new byte[0];
    private ByteBuffer words = ByteBuffer.wrap(viewed).order(ByteOrder.LITTLE_ENDIAN);

    /** Index of the first such byte, or {@code to}. */
    public int indexOf(byte[] b, int from, int to, byte what) {
        return indexOf(b, from, to, what, what);
    }

    /** Index of the first byte that is either, or {@code to}. */
    public int indexOf(byte[] b, int from, int to, byte one, byte other) {
        view(b);
        long ones = ONES * (one & 0xff);
        long others = ONES * (other & 0xff);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = words.getLong(at);
            long hits = zeros(word ^ ones) | zeros(word ^ others);
            if (hits != 0) return at + (Long.numberOfTrailingZeros(hits) >>> 3);
        }
        while (at < to && b[at] != one && b[at] != other) at++;
        return at;
    }

    /** Whether all bytes are ASCII from {@code least} to {@code ~}, and none is a backslash. */
    public boolean isPlain(byte[] b, int from, int to, int least) {
        view(b);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = words.getLong(at);
            long low = word - ONES * least & ~word;
            long delete = zeros(word ^ ONES * 0x7f);
            if (((word | low | delete | zeros(word ^ ONES * '\\')) & HIGHS) != 0) return false;
        }
        for (; at < to; at++) if (b[at] < least || b[at] == 0x7f || b[at] == '\\') return false;
        return true;
    }

    /** A hash whose upper bits are the best. */
    long hash(byte[] b, int from, int to) {
        view(b);
        long hash = to - from;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) hash = mixed(hash, words.getLong(at));
        for (; at < to; at++) hash = mixed(hash, b[at]);
        return mixed(hash, hash >>> 32);
    }

    /** By the golden ratio (Knuth, TAOCP vol. 3, 6.4). */
    private static long mixed(long hash, long word) {
        return (Long.rotateLeft(hash, 23) ^ word) * 0x9e3779b97f4a7c15L;
    }

    private static long zeros(long word) {
        return word - ONES & ~word & HIGHS;
    }

    private void view(byte[] b) {
        if (b == viewed) return;
        viewed = b;
        words = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
    }
}
