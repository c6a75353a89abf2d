package io.tierdrill.recorder.output;

import io.tierdrill.recorder.line.Scan;
import java.util.Arrays;

/**
 * What fields seen lately became, found by their bytes, all of which are compared. Only what there was nothing to mask in
 * is remembered: every secret meets the redaction itself, each time, and is counted there. Two places for each hash, so
 * that it neither grows nor can be made slow; a field is kept when it comes the second time in a row to its place, so that
 * fields which never repeat cost no copy. One thread.
 */
final class KnownBytes {
    private static final int SLOT_BITS = 13;
    private static final int MOST_LENGTH = 1024;

    private final Scan scan = new Scan();
    private final Making making;
    private final long[] seen = new long[1 << SLOT_BITS];
    private final long[] hashes = new long[1 << SLOT_BITS];
    private final byte[][] fields = new byte[1 << SLOT_BITS][];
    private final byte[][] known = new byte[1 << SLOT_BITS][];

    /** Makes what a field becomes. */
    interface Making {
        Made of(byte[] b, int from, int to);
    }

    /**
     * What a field became.
     *
     * @param same whether there was nothing to mask in it
     */
    record Made(byte[] bytes, boolean same) {}

    KnownBytes(Making making) {
        this.making = making;
    }

    /** What the field from {@code from} to {@code to} becomes. */
    byte[] of(byte[] b, int from, int to) {
        if (to - from > MOST_LENGTH) return making.of(b, from, to).bytes;
        long hash = scan.hash(b, from, to);
        int slot = (int) (hash >>> Long.SIZE - SLOT_BITS);
        if (isThere(slot, hash, b, from, to)) return known[slot];
        if (isThere(slot ^ 1, hash, b, from, to)) return known[slot ^ 1];
        return made(hash, slot, b, from, to);
    }

    private boolean isThere(int slot, long hash, byte[] b, int from, int to) {
        return hashes[slot] == hash
                && fields[slot] != null
                && Arrays.equals(b, from, to, fields[slot], 0, fields[slot].length);
    }

    private byte[] made(long hash, int slot, byte[] b, int from, int to) {
        Made made = making.of(b, from, to);
        if (made.same && seen[slot] == hash) {
            int place = fields[slot] != null && fields[slot ^ 1] == null ? slot ^ 1 : slot;
            hashes[place] = hash;
            fields[place] = Arrays.copyOfRange(b, from, to);
            known[place] = made.bytes;
        }
        seen[slot] = hash;
        return made.bytes;
    }
}
