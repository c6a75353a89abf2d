package io.tierdrill.model.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts over time without knowing how long it will take: when the offsets outgrow the buckets, neighbours are joined.
 * Every width is a whole multiple of the one before, so counts stay exact. One thread.
 */
final class RateBuckets {
    static final int MOST = 600;

    /** The widths' factors: from 1 ms by 2 and 5 to 20 s, by 3 to 1 min, and so on to hours, then doubling. */
    private static final int[] FACTORS = {2, 5, 2, 5, 2, 5, 2, 5, 2, 3, 2, 5, 2, 3};

    private final long[] counts = new long[MOST];
    private long width = 1_000_000;
    private int step;
    private int used;

    void add(long offset) {
        while (offset / width >= MOST) join(step < FACTORS.length ? FACTORS[step] : 2);
        int bucket = (int) (offset / width);
        counts[bucket]++;
        used = Math.max(used, bucket + 1);
    }

    TraceStatistics.RateOverTime freeze() {
        List<Long> requests = new ArrayList<>(used);
        for (int i = 0; i < used; i++) requests.add(counts[i]);
        return new TraceStatistics.RateOverTime(width / 1e9, requests);
    }

    private void join(int factor) {
        for (int i = 0; i < used; i++) {
            long count = counts[i];
            counts[i] = 0;
            counts[i / factor] += count;
        }
        used = (used + factor - 1) / factor;
        Arrays.fill(counts, used, MOST, 0);
        width *= factor;
        step++;
    }
}
