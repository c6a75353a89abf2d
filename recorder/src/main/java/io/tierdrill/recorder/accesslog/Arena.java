package io.tierdrill.recorder.accesslog;

import java.util.Arrays;

/** Lines of one file in memory, in two arrays however many they are. One thread. */
final class Arena {
    /** A key is {@code second << 26 | ordinal}: sorting numbers sorts lines, and equal seconds keep their order. */
    private static final int ORDINAL_BITS = 26;

    private static final int MOST_LINES = 1 << ORDINAL_BITS;
    private static final int FIRST_BYTES = 1 << 16;

    private final int mostBytes;
    private byte[] bytes = new byte[0];
    private long[] keys = new long[0];
    private int[] ends = new int[0];
    private int lines;

    Arena(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    boolean isEmpty() {
        return lines == 0;
    }

    /** Whether a line of this length may be added; an empty arena takes any line. Keys count as memory too. */
    boolean fits(int length) {
        long used = (long) used() + length + (lines + 1L) * (Long.BYTES + Integer.BYTES);
        return lines == 0 || lines < MOST_LINES && used <= mostBytes;
    }

    void add(long second, byte[] source, int from, int to) {
        int start = used();
        int end = start + to - from;
        if (end > bytes.length) bytes = Arrays.copyOf(bytes, grown(bytes.length, end));
        if (lines == keys.length) {
            keys = Arrays.copyOf(keys, grown(keys.length, lines + 1));
            ends = Arrays.copyOf(ends, keys.length);
        }
        System.arraycopy(source, from, bytes, start, to - from);
        keys[lines] = second << ORDINAL_BITS | lines;
        ends[lines++] = end;
    }

    void clear() {
        lines = 0;
    }

    /** The lines in order. The arena must not change while the cursor is in use. */
    RunCursor cursor(int file) {
        Arrays.sort(keys, 0, lines);
        return new ArenaCursor(file);
    }

    private int used() {
        return lines == 0 ? 0 : ends[lines - 1];
    }

    private static int grown(int length, int needed) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(FIRST_BYTES, Math.max(length * 2L, needed)));
    }

    private final class ArenaCursor implements RunCursor {
        private final int file;
        private int groupFrom;
        private int groupTo;
        private int next;
        private int line;

        ArenaCursor(int file) {
            this.file = file;
        }

        @Override
        public int file() {
            return file;
        }

        @Override
        public boolean nextGroup() {
            groupFrom = groupTo;
            next = groupFrom;
            if (groupFrom == lines) return false;
            long second = epochSecond();
            while (groupTo < lines && keys[groupTo] >> ORDINAL_BITS == second) groupTo++;
            return true;
        }

        @Override
        public long epochSecond() {
            return keys[groupFrom] >> ORDINAL_BITS;
        }

        @Override
        public int count() {
            return groupTo - groupFrom;
        }

        @Override
        public void nextLine() {
            line = (int) keys[next++] & MOST_LINES - 1;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int from() {
            return line == 0 ? 0 : ends[line - 1];
        }

        @Override
        public int to() {
            return ends[line];
        }
    }
}
