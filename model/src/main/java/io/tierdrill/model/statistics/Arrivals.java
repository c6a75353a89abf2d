package io.tierdrill.model.statistics;

import java.util.List;
import java.util.stream.LongStream;

/** Gaps and windows of a stream of offsets in order. Constant memory. One thread. */
final class Arrivals {
    private static final long MILLI = 1_000_000L;
    private static final int SECOND = 2;

    private final List<WindowCounts> windows = LongStream.of(10, 100, 1_000, 10_000)
            .mapToObj(ms -> new WindowCounts(ms * MILLI))
            .toList();
    private long count;
    private long outOfOrder;
    private long first;
    private long last;
    private long gaps;
    private double gapMean;
    private double gapSquares;

    void add(long offset) {
        if (count++ == 0) {
            first = offset;
            last = offset;
        } else if (offset < last) {
            outOfOrder++;
        } else {
            gap(offset - last);
            last = offset;
        }
        for (int i = 0; i < windows.size(); i++) windows.get(i).add(last);
    }

    long count() {
        return count;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    double spanSeconds() {
        return (last - first) / 1e9;
    }

    Double meanPerSecond() {
        return last == first ? null : (count - 1) / spanSeconds();
    }

    TraceStatistics.Burstiness burstiness() {
        WindowCounts second = windows.get(SECOND);
        Double peakToMean = second.mean() > 0 ? second.peak() / second.mean() : null;
        return new TraceStatistics.Burstiness(
                1,
                second.peak(),
                second.peakAtSeconds(),
                peakToMean,
                gapCv(),
                second.indexOfDispersion(),
                windows.stream().map(Arrivals::dispersion).toList());
    }

    private static TraceStatistics.Dispersion dispersion(WindowCounts w) {
        return new TraceStatistics.Dispersion(w.lengthSeconds(), w.indexOfDispersion());
    }

    /** Welford, Technometrics 1962: mean and squares in one pass without cancellation. */
    private void gap(long nanos) {
        gaps++;
        double delta = nanos - gapMean;
        gapMean += delta / gaps;
        gapSquares += delta * (nanos - gapMean);
    }

    private Double gapCv() {
        return gaps < 2 || gapMean == 0 ? null : Math.sqrt(gapSquares / (gaps - 1)) / gapMean;
    }
}
