package io.tierdrill.model.trace;

import io.tierdrill.model.trace.RequestRecord.Header;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Headers that were read twice of late, by the bytes they were read from: in a trace mostly the same few thousand come back,
 * and whoever meets the same object again has less to do. One that never comes back is not kept. Memory is bounded. One
 * thread.
 */
final class KnownHeaders {
    private static final int PLACES = 2_048;
    private static final int LONGEST = 512;
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] bytes = new byte[PLACES][];
    private final Header[] headers = new Header[PLACES];
    /** What was met last at a place and is not kept. */
    private final int[] met = new int[PLACES];

    /** A number for these bytes. */
    static int hash(byte[] from, int start, int end) {
        long hash = end - start;
        int at = start;
        for (; at + 8 <= end; at += 8) hash = Long.rotateLeft((hash ^ (long) LONG.get(from, at)) * FACTOR, 29);
        for (; at < end; at++) hash = (hash ^ from[at]) * FACTOR;
        hash *= FACTOR;
        return (int) (hash >>> 32);
    }

    /** The header of these bytes; null where it is not known. */
    Header at(int hash, byte[] from, int start, int end) {
        byte[] known = bytes[hash & PLACES - 1];
        boolean same = known != null && Arrays.equals(known, 0, known.length, from, start, end);
        return same ? headers[hash & PLACES - 1] : null;
    }

    /** One that was not known. */
    void met(int hash, byte[] from, int start, int end, Header header) {
        int place = hash & PLACES - 1;
        if (met[place] == hash && end - start <= LONGEST) {
            bytes[place] = Arrays.copyOfRange(from, start, end);
            headers[place] = header;
        }
        met[place] = hash;
    }
}
