package io.tierdrill.recorder.imports;

import java.util.Arrays;

/** Units of one input in memory, in a few arrays however many they are. One thread. */
final class Arena {
    /** A key is {@code rank << 26 | ordinal}: sorting numbers sorts units, and equal stamps keep their order. */
    private static final int ORDINAL_BITS = 26;

    private static final int MOST_UNITS = 1 << ORDINAL_BITS;
    private static final long MOST_RANK = 1L << (Long.SIZE - 1 - ORDINAL_BITS);
    private static final long SECOND = 1_000_000_000;
    private static final int FIRST_BYTES = 1 << 16;
    private static final int BYTES_OF_KEY = 2 * Long.BYTES + Integer.BYTES;

    private final int mostBytes;
    private byte[] bytes = new byte[0];
    private long[] stamps = new long[0];
    private long[] keys = new long[0];
    private int[] ends = new int[0];
    private int units;

    Arena(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    boolean isEmpty() {
        return units == 0;
    }

    /** Whether a unit of this length may be added; an empty arena takes any unit. Keys count as memory too. */
    boolean fits(int length) {
        long used = (long) used() + length + (units + 1L) * BYTES_OF_KEY;
        return units == 0 || units < MOST_UNITS && used <= mostBytes;
    }

    void add(long stamp, byte[] source, int from, int to) {
        int start = used();
        int end = start + to - from;
        if (end > bytes.length) bytes = Arrays.copyOf(bytes, grown(bytes.length, end));
        if (units == stamps.length) {
            stamps = Arrays.copyOf(stamps, grown(stamps.length, units + 1));
            ends = Arrays.copyOf(ends, stamps.length);
        }
        System.arraycopy(source, from, bytes, start, to - from);
        stamps[units] = stamp;
        ends[units++] = end;
    }

    void clear() {
        units = 0;
    }

    /** Forgets the units before a stamp; those that stay keep their order. */
    void keepFrom(long stamp) {
        int kept = 0;
        int used = 0;
        for (int i = 0, from = 0; i < units; i++) {
            int end = ends[i];
            if (stamps[i] >= stamp) {
                System.arraycopy(bytes, from, bytes, used, end - from);
                used += end - from;
                stamps[kept] = stamps[i];
                ends[kept++] = used;
            }
            from = end;
        }
        units = kept;
    }

    /** The units in order. The arena must not change while the cursor is in use. */
    RunCursor cursor(int file) {
        order();
        return new ArenaCursor(file, units);
    }

    /**
     * The earlier half in order, but for the stamp in the middle, of which there may be more to come; nothing where that is
     * the earliest too. The rest begins with {@link #middle}.
     */
    RunCursor earlierHalf(int file) {
        order();
        int end = units / 2;
        while (end > 0 && stamps[ordinal(end - 1)] == middle()) end--;
        return new ArenaCursor(file, end);
    }

    /** Where the later half begins; only while a cursor is in use. */
    long middle() {
        return stamps[ordinal(units / 2)];
    }

    private void order() {
        if (keys.length < units) keys = new long[stamps.length];
        sort();
    }

    private int ordinal(int place) {
        return (int) keys[place] & MOST_UNITS - 1;
    }

    /** By whole seconds after the earliest where all stamps are such, else by rank among all stamps. */
    private void sort() {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        boolean seconds = true;
        for (int i = 0; i < units; i++) {
            least = Math.min(least, stamps[i]);
            most = Math.max(most, stamps[i]);
            seconds &= stamps[i] % SECOND == 0;
        }
        if (seconds && (most - least) / SECOND < MOST_RANK) {
            for (int i = 0; i < units; i++) keys[i] = (stamps[i] - least) / SECOND << ORDINAL_BITS | i;
        } else {
            long[] sorted = Arrays.copyOf(stamps, units);
            Arrays.sort(sorted);
            for (int i = 0; i < units; i++) keys[i] = (long) rank(sorted, stamps[i]) << ORDINAL_BITS | i;
        }
        Arrays.sort(keys, 0, units);
    }

    /** The same for equal stamps: where the first of them stands. */
    private static int rank(long[] sorted, long stamp) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (sorted[middle] < stamp) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private int used() {
        return units == 0 ? 0 : ends[units - 1];
    }

    private static int grown(int length, int needed) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(FIRST_BYTES, Math.max(length * 2L, needed)));
    }

    private final class ArenaCursor implements RunCursor {
        private final int file;
        private final int end;
        private int groupFrom;
        private int groupTo;
        private int next;
        private int unit;

        ArenaCursor(int file, int end) {
            this.file = file;
            this.end = end;
        }

        @Override
        public int file() {
            return file;
        }

        @Override
        public boolean nextGroup() {
            groupFrom = groupTo;
            next = groupFrom;
            if (groupFrom == end) return false;
            long stamp = stamp();
            while (groupTo < end && stamps[ordinal(groupTo)] == stamp) groupTo++;
            return true;
        }

        @Override
        public long stamp() {
            return stamps[ordinal(groupFrom)];
        }

        @Override
        public int count() {
            return groupTo - groupFrom;
        }

        @Override
        public void nextUnit() {
            unit = ordinal(next++);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int from() {
            return unit == 0 ? 0 : ends[unit - 1];
        }

        @Override
        public int to() {
            return ends[unit];
        }
    }
}
