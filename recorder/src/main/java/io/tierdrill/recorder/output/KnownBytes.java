package io.tierdrill.recorder.output;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * What fields seen lately became, found by their bytes, all of which are compared: what a field becomes depends on its
 * bytes and the key alone. Two places for each hash, so that it neither grows nor can be made slow; a field is kept when
 * it comes the second time in a row to its place, so that fields which never repeat cost no copy. One thread.
 */
final class KnownBytes {
    private static final int SLOT_BITS = 14;
    private static final int MOST_LENGTH = 1024;

    /** By instructions of the processor, even where our own code is still interpreted. */
    private final CRC32C crc = new CRC32C();

    private final Making making;
    private final Consumer<byte[]> again;
    private final int[] seen = new int[1 << SLOT_BITS];
    private final int[] hashes = new int[1 << SLOT_BITS];
    private final byte[][] fields = new byte[1 << SLOT_BITS][];
    private final Made[] known = new Made[1 << SLOT_BITS];

    /** Makes what a field becomes. */
    interface Making {
        Made of(byte[] b, int from, int to);
    }

    /**
     * What a field became.
     *
     * @param masked what there was to mask in it, for the account; empty where nothing was
     */
    record Made(byte[] bytes, byte[] masked) {}

    /** @param again is told what was masked in a field each time it is known */
    KnownBytes(Making making, Consumer<byte[]> again) {
        this.making = making;
        this.again = again;
    }

    /** What the field from {@code from} to {@code to} becomes. */
    byte[] of(byte[] b, int from, int to) {
        if (to - from > MOST_LENGTH) return making.of(b, from, to).bytes;
        crc.reset();
        crc.update(b, from, to - from);
        int hash = (int) crc.getValue();
        int slot = hash >>> Integer.SIZE - SLOT_BITS;
        if (isThere(slot, hash, b, from, to)) return again(known[slot]);
        if (isThere(slot ^ 1, hash, b, from, to)) return again(known[slot ^ 1]);
        return made(hash, slot, b, from, to);
    }

    private byte[] again(Made made) {
        if (made.masked.length > 0) again.accept(made.masked);
        return made.bytes;
    }

    private boolean isThere(int slot, int hash, byte[] b, int from, int to) {
        return hashes[slot] == hash
                && fields[slot] != null
                && Arrays.equals(b, from, to, fields[slot], 0, fields[slot].length);
    }

    private byte[] made(int hash, int slot, byte[] b, int from, int to) {
        Made made = making.of(b, from, to);
        if (seen[slot] == hash) {
            int place = fields[slot] != null && fields[slot ^ 1] == null ? slot ^ 1 : slot;
            hashes[place] = hash;
            fields[place] = Arrays.copyOfRange(b, from, to);
            known[place] = made;
        }
        seen[slot] = hash;
        return made.bytes;
    }
}
