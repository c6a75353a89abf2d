package io.tierdrill.load.replay;

import java.util.Arrays;

/**
 * How many requests arrive when, in equal steps fine enough to see a crowd arrive, however long the trace: when it
 * outgrows the grid, neighbours are joined. At most {@value #MOST} steps of at least a millisecond; a whole day has steps
 * of 0.13 s. One thread.
 */
final class CountGrid {
    static final int MOST = 1 << 20;

    private int[] counts = new int[1 << 10];
    private long step = 1_000_000;
    private int used;

    void add(long nanos) {
        while (nanos / step >= MOST) join();
        int i = (int) (nanos / step);
        if (i >= counts.length) counts = Arrays.copyOf(counts, Math.min(MOST, Math.max(i + 1, counts.length * 2)));
        counts[i]++;
        used = Math.max(used, i + 1);
    }

    private void join() {
        for (int i = 0; i < used; i++) {
            int count = counts[i];
            counts[i] = 0;
            counts[i / 2] += count;
        }
        used = (used + 1) / 2;
        step *= 2;
    }

    /** The most within such a time, to the step. */
    double busiest(double nanos) {
        int width = (int) Math.max(1, Math.min(used, Math.round(nanos / step)));
        long within = 0;
        long most = 0;
        for (int i = 0; i < used; i++) {
            within += counts[i] - (i >= width ? counts[i - width] : 0);
            most = Math.max(most, within);
        }
        return most * Math.max(1, nanos / ((double) width * step));
    }

    long stepNanos() {
        return step;
    }

    /** Steps up to the last that holds a request. */
    int size() {
        return used;
    }

    int count(int i) {
        return i < used ? counts[i] : 0;
    }
}
