package io.tierdrill.model.trace;

import io.tierdrill.model.trace.RequestRecord.Header;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Headers that were read last, by the bytes they were read from: in a trace mostly the same few thousand come back, and
 * whoever meets the same object again has less to do. Memory is bounded. One thread.
 */
final class KnownHeaders {
    private static final int PLACES = 2_048;
    private static final int LONGEST = 512;
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] bytes = new byte[PLACES][];
    private final Header[] headers = new Header[PLACES];

    /** Where the header of these bytes is, or would be; below zero for those too long to be kept. */
    int place(byte[] from, int start, int end) {
        if (end - start > LONGEST) return -1;
        long hash = end - start;
        int at = start;
        for (; at + 8 <= end; at += 8) hash = Long.rotateLeft((hash ^ (long) LONG.get(from, at)) * FACTOR, 29);
        for (; at < end; at++) hash = (hash ^ from[at]) * FACTOR;
        hash *= FACTOR;
        return (int) (hash >>> 32) & PLACES - 1;
    }

    /** That header; null where it is not known. */
    Header at(int place, byte[] from, int start, int end) {
        if (place < 0) return null;
        byte[] known = bytes[place];
        return known != null && Arrays.equals(known, 0, known.length, from, start, end) ? headers[place] : null;
    }

    void keep(int place, byte[] from, int start, int end, Header header) {
        if (place < 0) return;
        bytes[place] = Arrays.copyOfRange(from, start, end);
        headers[place] = header;
    }
}
