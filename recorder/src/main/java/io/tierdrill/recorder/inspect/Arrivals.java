package io.tierdrill.recorder.inspect;

/** Gaps and one-second windows of a stream of offsets in order. Constant memory. One thread. */
final class Arrivals {
    private static final long WINDOW_NANOS = 1_000_000_000L;

    private long count;
    private long outOfOrder;
    private long first;
    private long last;
    private long gaps;
    private double gapMean;
    private double gapSquares;
    private long window;
    private long inWindow;
    private long peak;
    private double windowSquares;

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
        if (last / WINDOW_NANOS != window) endWindow();
        inWindow++;
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

    /** The last window is likely to be cut short, so only its peak counts. */
    TraceStatistics.Burstiness burstiness() {
        long whole = last / WINDOW_NANOS;
        double mean = whole == 0 ? 0 : (double) (count - inWindow) / whole;
        boolean told = mean > 0;
        long busiest = Math.max(peak, inWindow);
        Double dispersion = told && whole > 1 ? (windowSquares - whole * mean * mean) / (whole - 1) / mean : null;
        return new TraceStatistics.Burstiness(1, busiest, told ? busiest / mean : null, gapCv(), dispersion);
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

    private void endWindow() {
        peak = Math.max(peak, inWindow);
        windowSquares += (double) inWindow * inWindow;
        inWindow = 0;
        window = last / WINDOW_NANOS;
    }
}
