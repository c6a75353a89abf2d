package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.RecordEncoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What became of the parts of requests: a memory of fixed size, compared byte for byte. A part is kept when it is seen for
 * the second time within a while, so what never comes again, or is made up to flood us, takes no room and drives nothing
 * out. One thread.
 */
final class KnownParts {
    /** Longer parts are rare, and each might be another. */
    static final int MOST_BYTES_EACH = 1024;

    private static final int SLOT_BITS = 16;
    private static final long MOST_BYTES = 16 << 20;
    /** What a part takes up beside its bytes, roughly. */
    private static final int OVERHEAD = 80;

    private static final byte[] NO_KINDS = {};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Part[] parts = new Part[1 << SLOT_BITS];
    private final int[] seenOnce = new int[1 << SLOT_BITS];
    private final long mostBytes;
    private long bytes;

    KnownParts() {
        this(MOST_BYTES);
    }

    KnownParts(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * What became of a part. The first bytes are the part as it came, those behind them as it may be written; they are
     * the same ones where nothing in it was masked.
     *
     * @param kind of part: the same bytes are masked differently in another
     * @param kinds of the secrets in it, to be counted each time
     * @param user that it tells, as it may be written; an empty one where it should and does not, null where it need not
     */
    record Part(int kind, long hash, byte[] bytes, int rawLength, int from, byte[] kinds, String user) {
        void encode(RecordEncoder out) {
            out.encoded(bytes, from, bytes.length);
        }
    }

    /** Spread well, and cheap: eight bytes at a time. Whoever finds collisions pays for them himself: they only miss. */
    static long hash(int kind, byte[] texts, int from, int to) {
        long hash = kind * 0x9e3779b97f4a7c15L + (to - from);
        int at = from;
        for (; at <= to - 8; at += 8) hash = mixed(hash ^ (long) LONGS.get(texts, at));
        for (; at < to; at++) hash = (hash ^ texts[at]) * 0x100000001b3L;
        return mixed(hash);
    }

    private static long mixed(long bits) {
        long once = bits * 0xff51afd7ed558ccdL;
        return once ^ once >>> 32;
    }

    /** Or null where it is not known. */
    Part find(int kind, long hash, byte[] texts, int from, int to) {
        int slot = slot(hash);
        if (is(parts[slot], kind, hash, texts, from, to)) return parts[slot];
        int other = slot ^ 1;
        return is(parts[other], kind, hash, texts, from, to) ? parts[other] : null;
    }

    private static boolean is(Part part, int kind, long hash, byte[] texts, int from, int to) {
        return part != null
                && part.hash == hash
                && part.kind == kind
                && Arrays.equals(part.bytes, 0, part.rawLength, texts, from, to);
    }

    private static int slot(long hash) {
        return (int) (hash >>> Long.SIZE - SLOT_BITS);
    }

    /** What has been found out about a part; kept where it is likely to come again. */
    Part made(int kind, long hash, byte[] texts, int from, int to, RecordEncoder masked, byte[] kinds, String user) {
        int length = to - from;
        boolean same = Arrays.equals(texts, from, to, masked.bytes(), 0, masked.length());
        byte[] both = Arrays.copyOf(Arrays.copyOfRange(texts, from, to), same ? length : length + masked.length());
        if (!same) System.arraycopy(masked.bytes(), 0, both, length, masked.length());
        Part made = new Part(kind, hash, both, length, same ? 0 : length, kinds.length == 0 ? NO_KINDS : kinds, user);
        if (length <= MOST_BYTES_EACH && seenBefore(hash)) keep(made);
        return made;
    }

    private boolean seenBefore(long hash) {
        int slot = slot(hash);
        boolean before = seenOnce[slot] == (int) hash;
        seenOnce[slot] = (int) hash;
        return before;
    }

    private void keep(Part part) {
        if (bytes + cost(part) > mostBytes) forgetAll();
        int slot = slot(part.hash);
        bytes += cost(part) - cost(parts[slot ^ 1]);
        parts[slot ^ 1] = parts[slot];
        parts[slot] = part;
    }

    private void forgetAll() {
        Arrays.fill(parts, null);
        bytes = 0;
    }

    private static long cost(Part part) {
        return part == null ? 0 : OVERHEAD + part.bytes.length + part.kinds.length;
    }

    /** Taken up by what is kept, roughly. */
    long bytes() {
        return bytes;
    }
}
