package io.tierdrill.recorder.line;

import java.util.Arrays;

/**
 * What was made of the fields seen lately, found by their bytes: methods, paths, referers and agents come again and again.
 * Direct-mapped, so that it neither grows nor can be made slow; a field is kept when it comes the second time in a row to
 * its slot, so that fields which never repeat cost no copy. One thread.
 */
public final class KnownFields<T> {
    private static final int SLOT_BITS = 13;
    private static final int MOST_LENGTH = 1024;

    /** Makes the value of a field. */
    public interface Making<T> {
        T of(byte[] b, int from, int to);
    }

    private record Known<T>(byte[] field, T value) {}

    private final Scan scan = new Scan();
    private final Making<T> making;
    private final long[] seen = new long[1 << SLOT_BITS];
    private final Object[] known = new Object[1 << SLOT_BITS];

    public KnownFields(Making<T> making) {
        this.making = making;
    }

    /** What the field from {@code from} to {@code to} makes; the same object as before where it is still known. */
    public T of(byte[] b, int from, int to) {
        if (to - from > MOST_LENGTH) return making.of(b, from, to);
        long hash = scan.hash(b, from, to);
        int slot = (int) (hash >>> Long.SIZE - SLOT_BITS);
        @SuppressWarnings("unchecked") // only this class puts them in
        Known<T> there = (Known<T>) known[slot];
        if (there != null && Arrays.equals(b, from, to, there.field, 0, there.field.length)) return there.value;
        T made = making.of(b, from, to);
        if (seen[slot] == hash) known[slot] = new Known<>(Arrays.copyOfRange(b, from, to), made);
        seen[slot] = hash;
        return made;
    }
}
