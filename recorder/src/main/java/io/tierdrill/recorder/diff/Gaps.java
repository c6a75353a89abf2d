package io.tierdrill.recorder.diff;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Distances in time, kept to two digits. One thread. */
final class Gaps {
    private static final double[] SHARES = {0.1, 0.5, 0.9, 0.99};
    private static final int DIGITS = 2;
    /** Ten days; what is longer counts as that. */
    private static final long LONGEST = 864_000_000_000_000L;

    private final Histogram counts = new Histogram(LONGEST, DIGITS);

    void add(long nanos) {
        counts.recordValue(Math.min(LONGEST, Math.max(0, nanos)));
    }

    /** Nanoseconds by share: {@code p50}. None where there are no gaps. */
    Map<String, Long> quantiles() {
        Map<String, Long> quantiles = new TreeMap<>();
        if (counts.getTotalCount() == 0) return quantiles;
        for (double share : SHARES)
            quantiles.put("p" + Math.round(100 * share), counts.getValueAtPercentile(100 * share));
        return quantiles;
    }

    /** The largest distance of the two cumulated distributions (Kolmogorov and Smirnov), 0 to 1. */
    double distance(Gaps other) {
        long all = counts.getTotalCount();
        long others = other.counts.getTotalCount();
        if (all == 0 || others == 0) return all == others ? 0 : 1;
        return Math.max(oneSided(counts, other.counts), oneSided(other.counts, counts));
    }

    /** At every value that stands in the first. */
    private static double oneSided(Histogram one, Histogram other) {
        double worst = 0;
        long below = 0;
        for (HistogramIterationValue value : one.recordedValues()) {
            below += value.getCountAddedInThisIterationStep();
            long there = other.getCountBetweenValues(0, value.getValueIteratedTo());
            double share = (double) below / one.getTotalCount() - (double) there / other.getTotalCount();
            worst = Math.max(worst, Math.abs(share));
        }
        return worst;
    }
}
