package io.tierdrill.analysis.stats;

import java.util.Arrays;

/**
 * Values in ascending order, for percentiles that are values really seen. Immutable.
 *
 * <p>Intervals come from order statistics: the q-quantile of n independent values lies, with 95 % certainty, between
 * those of rank {@code nq ± 1.96 √(nq(1−q))} (the binomial's normal form; see Le Boudec, Performance Evaluation of
 * Computer and Communication Systems, 2010, section 2.2). They know nothing of requests that wait for each other, so
 * an interval of a congested run is narrower than the truth.
 */
public final class Sorted {
    private static final double TWO_SIDED_95 = 1.959964;

    private final long[] ascending;

    private Sorted(long[] ascending) {
        this.ascending = ascending;
    }

    /** A sorted copy. */
    public static Sorted of(long[] values) {
        long[] copy = values.clone();
        Arrays.sort(copy);
        return new Sorted(copy);
    }

    public int count() {
        return ascending.length;
    }

    public double mean() {
        double sum = 0;
        for (long value : ascending) sum += value;
        return ascending.length == 0 ? 0 : sum / ascending.length;
    }

    /** The value of nearest rank. There must be one. */
    public long quantile(double q) {
        return atRank(Math.ceil(q * ascending.length));
    }

    public long max() {
        return ascending[ascending.length - 1];
    }

    /** Lower end of the 95 % interval of the quantile. */
    public long low(double q) {
        return atRank(Math.floor(q * ascending.length - spread(q)));
    }

    /** Upper end of the 95 % interval of the quantile. */
    public long high(double q) {
        return atRank(Math.ceil(q * ascending.length + spread(q)) + 1);
    }

    private double spread(double q) {
        return TWO_SIDED_95 * Math.sqrt(ascending.length * q * (1 - q));
    }

    private long atRank(double rank) {
        int index = (int) Math.max(0, Math.min(ascending.length - 1, rank - 1));
        return ascending[index];
    }
}
