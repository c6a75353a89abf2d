package io.tierdrill.analysis.observed;

import java.util.Arrays;

/**
 * Something that only grows, seen now and then. Between two sightings it is taken to grow evenly; where it falls, its
 * process was started anew and it goes on from where it stood. Filled in order of time by one thread.
 */
public final class Counter {
    private int count;
    private long[] at = new long[64];
    private double[] value = new double[64];
    private double last;
    private double carried;

    void see(long atNanos, double seen) {
        if (count == at.length) {
            at = Arrays.copyOf(at, count * 2);
            value = Arrays.copyOf(value, count * 2);
        }
        if (seen < last) carried += last;
        last = seen;
        at[count] = atNanos;
        value[count++] = carried + seen;
    }

    /** When it was first seen, or the end of time. */
    long firstNanos() {
        return count == 0 ? Long.MAX_VALUE : at[0];
    }

    /** Growth between two instants; outside of what was seen nothing grew. */
    public double growth(long fromNanos, long toNanos) {
        return count == 0 ? 0 : at(toNanos) - at(fromNanos);
    }

    /** First instant of the given span at which it grew, or the end of the span. */
    long firstGrowth(long fromNanos, long toNanos) {
        double before = at(fromNanos);
        for (int i = 0; i < count; i++) if (at[i] > fromNanos && at[i] <= toNanos && value[i] > before) return at[i];
        return toNanos;
    }

    private double at(long nanos) {
        int i = Arrays.binarySearch(at, 0, count, nanos);
        if (i >= 0) return value[i];
        int after = -i - 1;
        if (after == 0) return value[0];
        if (after == count) return value[count - 1];
        double part = (double) (nanos - at[after - 1]) / (at[after] - at[after - 1]);
        return value[after - 1] + part * (value[after] - value[after - 1]);
    }
}
