package io.tierdrill.analysis.observed;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** Something that goes up and down, seen now and then. Filled in order of time by one thread. */
public final class Gauge {
    private int count;
    private long[] at = new long[64];
    private double[] value = new double[64];

    void see(long atNanos, double seen) {
        if (count == at.length) {
            at = Arrays.copyOf(at, count * 2);
            value = Arrays.copyOf(value, count * 2);
        }
        at[count] = atNanos;
        value[count++] = seen;
    }

    public double max() {
        double max = 0;
        for (int i = 0; i < count; i++) max = Math.max(max, value[i]);
        return max;
    }

    /** Mean over the sightings at instants that qualify; zero where there are none. */
    double mean(LongPredicate when) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (!when.test(at[i])) continue;
            sum += value[i];
            n++;
        }
        return n == 0 ? 0 : sum / n;
    }

    /** The longest stretch from zero to the end without a sighting. */
    long longestGap(long endNanos) {
        long last = 0;
        long longest = 0;
        for (int i = 0; i < count; i++) {
            if (at[i] < 0) continue;
            longest = Math.max(longest, Math.min(at[i], endNanos) - last);
            last = Math.min(at[i], endNanos);
        }
        return Math.max(longest, endNanos - last);
    }

    /** Part of the sightings at instants that qualify in which it was at least that much; zero where there are none. */
    double shareAtLeast(double least, LongPredicate when) {
        int high = 0;
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (!when.test(at[i])) continue;
            n++;
            if (value[i] >= least) high++;
        }
        return n == 0 ? 0 : (double) high / n;
    }

    /** The highest sighting within a span, or the one before it where there is none within; zero before the first. */
    public double maxWithin(long fromNanos, long toNanos) {
        double before = 0;
        double max = 0;
        boolean any = false;
        for (int i = 0; i < count && at[i] < toNanos; i++) {
            if (at[i] < fromNanos) before = value[i];
            else {
                max = Math.max(max, value[i]);
                any = true;
            }
        }
        return any ? max : before;
    }

    /** The q-quantile of all sightings by nearest rank, zero where there are none. */
    double quantile(double q) {
        if (count == 0) return 0;
        double[] sorted = Arrays.copyOf(value, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.max(0, Math.ceil(q * count) - 1)];
    }
}
