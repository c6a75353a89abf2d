package io.tierdrill.recorder.known;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What became of parts of requests: a memory of fixed size, compared byte for byte. A part is kept when it is seen for the
 * second time within a while, so what never comes again, or is made up to flood us, takes no room and drives nothing out.
 * One thread.
 *
 * <p>Parts lie one behind the other in pages, so that one that is known costs few waits for the machine's memory: its slot,
 * and the bytes that it is compared with and copied from.
 *
 * <pre>
 *   slot   hash (4 bytes) | place (4 bytes, 0 where there is none)
 *   part   kind | changed or not (1 byte each) | length as it came | length of what it became | length of the note (2
 *          bytes each) | it as it came | what it became, where that is something else | the note
 * </pre>
 */
public final class KnownParts {
    /** Longer parts are rare, and each might be another. */
    public static final int MOST_BYTES_EACH = 1024;

    /** So much a part may become, with its note. */
    private static final int MOST_BYTES_MADE = 8 << 10;

    private static final int SLOT_BITS = 16;
    /** Places for each hash, side by side: with two, a tenth of the parts had to make room when a quarter of all was full. */
    private static final int WAYS = 4;

    private static final int PAGE_BITS = 18;
    private static final int PAGE_BYTES = 1 << PAGE_BITS;
    private static final int PAGES = 64;
    private static final int HEAD_BYTES = 8;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** By instructions of the processor, even where our own code is still interpreted. */
    private final CRC32C crc = new CRC32C();

    private final long[] slots = new long[1 << SLOT_BITS];
    private final int[] seenOnce = new int[1 << SLOT_BITS];
    private final byte[][] pages;
    /** Where the next part goes; no part is at 0. */
    private int next = HEAD_BYTES;

    private int kind;
    private int hash;
    private byte[] page = {};
    private int from;
    private int noteFrom;
    private int noteTo;

    /** At most 16 MiB of parts. */
    public KnownParts() {
        this(PAGES);
    }

    /** @param pages of 256 KiB each, taken when they are needed */
    KnownParts(int pages) {
        this.pages = new byte[pages][];
    }

    /**
     * Looks for a part.
     *
     * @param kind of part, 0 to 255: the same bytes become something else in another
     * @return whether it is known; then {@link #bytes} and the rest tell what became of it, until the next call
     */
    public boolean find(int kind, byte[] part, int from, int to) {
        if (to - from > MOST_BYTES_EACH) return false;
        crc.reset();
        crc.update(part, from, to - from);
        return find(kind, (int) crc.getValue() ^ kind * 0x9e3779b9, part, from, to);
    }

    /** Whoever finds collisions pays for them himself: they only miss. */
    boolean find(int kind, int hash, byte[] part, int from, int to) {
        this.kind = kind;
        this.hash = hash;
        int first = slot(hash) & -WAYS;
        for (int i = first; i < first + WAYS; i++) if (is(slots[i], part, from, to)) return true;
        return false;
    }

    private static int slot(int hash) {
        return hash >>> Integer.SIZE - SLOT_BITS;
    }

    private boolean is(long slot, byte[] part, int from, int to) {
        int place = (int) slot;
        if ((int) (slot >>> Integer.SIZE) != hash || place == 0) return false;
        byte[] there = pages[place >>> PAGE_BITS];
        int at = place & PAGE_BYTES - 1;
        long head = (long) LONGS.get(there, at);
        int raw = at + HEAD_BYTES;
        int rawEnd = raw + (int) (head >>> 16 & 0xffff);
        if ((head & 0xff) != kind || !Arrays.equals(there, raw, rawEnd, part, from, to)) return false;
        boolean changed = (head & 0xff00) != 0;
        this.page = there;
        this.from = changed ? rawEnd : raw;
        this.noteFrom = rawEnd + (int) (head >>> 32 & 0xffff);
        this.noteTo = noteFrom + (int) (head >>> 48);
        return true;
    }

    /** Holds what became of the part found last, from {@link #from} to {@link #noteFrom}, and there its note. */
    public byte[] bytes() {
        return page;
    }

    public int from() {
        return from;
    }

    public int noteFrom() {
        return noteFrom;
    }

    public int noteTo() {
        return noteTo;
    }

    /**
     * What has become of the part that was looked for last, and not found; kept where it is likely to come again.
     *
     * @param note whatever else its maker wants to know when it comes again
     */
    public void learn(byte[] part, int from, int to, byte[] became, int becameFrom, int becameTo, byte[] note) {
        int length = to - from;
        int made = becameTo - becameFrom;
        if (length > MOST_BYTES_EACH || made + note.length > MOST_BYTES_MADE || !seenBefore()) return;
        boolean same = Arrays.equals(part, from, to, became, becameFrom, becameTo);
        int apart = same ? 0 : made;
        int place = room(HEAD_BYTES + length + apart + note.length);
        byte[] there = pages[place >>> PAGE_BITS];
        int at = place & PAGE_BYTES - 1;
        long head = kind | (same ? 0 : 1 << 8) | length << 16 | (long) apart << 32 | (long) note.length << 48;
        LONGS.set(there, at, head);
        System.arraycopy(part, from, there, at + HEAD_BYTES, length);
        System.arraycopy(became, becameFrom, there, at + HEAD_BYTES + length, apart);
        System.arraycopy(note, 0, there, at + HEAD_BYTES + length + apart, note.length);
        // The oldest makes room.
        int first = slot(hash) & -WAYS;
        System.arraycopy(slots, first, slots, first + 1, WAYS - 1);
        slots[first] = (long) hash << Integer.SIZE | place;
    }

    private boolean seenBefore() {
        int slot = slot(hash);
        boolean before = seenOnce[slot] == hash;
        seenOnce[slot] = hash;
        return before;
    }

    /** The place of so many bytes; where the last page is full, everything is forgotten. */
    private int room(int bytes) {
        int place = next;
        if ((place & PAGE_BYTES - 1) + bytes > PAGE_BYTES) place = (place >>> PAGE_BITS) + 1 << PAGE_BITS;
        if (place >>> PAGE_BITS == pages.length) {
            forget();
            place = next;
        }
        if (pages[place >>> PAGE_BITS] == null) pages[place >>> PAGE_BITS] = new byte[PAGE_BYTES];
        next = place + bytes + 7 & ~7;
        return place;
    }

    /** All of it. */
    public void forget() {
        Arrays.fill(slots, 0);
        next = HEAD_BYTES;
    }

    /** Taken up by what is kept. */
    int bytesKept() {
        return next - HEAD_BYTES;
    }
}
