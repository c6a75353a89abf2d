package io.tierdrill.load.live;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The sum of a run's histograms as Prometheus keeps them: native buckets, each 2^(1/32) times as wide as the one before
 * it (schema 5), and classic ones beside for readers that know no other. It takes a second's histogram at a time, so it
 * costs a few hundred steps a second whatever the rate; HdrHistogram's own buckets are 0.1 % wide, so at the edges a
 * value may land one bucket beside its own. Not thread-safe.
 *
 * <p>Buckets: OpenMetrics 2.0, and "Native Histograms" of the Prometheus documentation: bucket i of schema n holds the
 * values v with base^(i-1) &lt; v &lt;= base^i, where base = 2^(2^-n).
 */
final class NativeBuckets {
    private static final int SCHEMA = 5;
    private static final double PER_OCTAVE = 1 << SCHEMA;
    private static final double LN_2 = Math.log(2);
    private static final double NANOS = 1e-9;
    /** What the client library uses; only exact zeros are below it. */
    private static final double ZERO_THRESHOLD = Math.pow(2, -128);

    private static final List<Double> BOUNDS = List.of(
            0.00001,
            0.000025,
            0.00005,
            0.0001,
            0.00025,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1.0,
            2.5,
            5.0,
            10.0,
            Double.POSITIVE_INFINITY);

    private final Map<Integer, Long> counts = new TreeMap<>();
    private final long[] classic = new long[BOUNDS.size()];
    private long zeros;
    private double sum;

    /** Adds values in nanoseconds. */
    void add(Histogram histogram) {
        for (HistogramIterationValue step : histogram.recordedValues())
            add(histogram.medianEquivalentValue(step.getValueIteratedTo()), step.getCountAtValueIteratedTo());
    }

    private void add(long nanos, long count) {
        double seconds = nanos * NANOS;
        sum += seconds * count;
        classic[classicIndex(seconds)] += count;
        if (nanos == 0) zeros += count;
        else counts.merge(index(seconds), count, Long::sum);
    }

    static int index(double seconds) {
        return (int) Math.ceil(Math.log(seconds) / LN_2 * PER_OCTAVE);
    }

    private static int classicIndex(double seconds) {
        int i = 0;
        while (seconds > BOUNDS.get(i)) i++;
        return i;
    }

    /** As it stands. */
    HistogramDataPointSnapshot snapshot() {
        List<Long> upTo = new ArrayList<>();
        for (long count : classic) upTo.add(count);
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(BOUNDS, upTo),
                SCHEMA,
                zeros,
                ZERO_THRESHOLD,
                NativeHistogramBuckets.of(List.copyOf(counts.keySet()), List.copyOf(counts.values())),
                NativeHistogramBuckets.EMPTY,
                sum,
                Labels.EMPTY,
                Exemplars.EMPTY,
                0);
    }
}
