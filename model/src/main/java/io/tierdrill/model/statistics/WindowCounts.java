package io.tierdrill.model.statistics;

/** Counts in windows of one length, one after another from offset zero. Constant memory. One thread. */
final class WindowCounts {
    private final long lengthNanos;
    private long count;
    private long window;
    private long inWindow;
    private long peak;
    private long peakWindow;
    private double squares;

    WindowCounts(long lengthNanos) {
        this.lengthNanos = lengthNanos;
    }

    /** One more; offsets must not go back. */
    void add(long offset) {
        long its = offset / lengthNanos;
        if (its != window) {
            end();
            window = its;
        }
        inWindow++;
        count++;
    }

    double lengthSeconds() {
        return lengthNanos / 1e9;
    }

    /** In the busiest window, the last one included. */
    long peak() {
        return Math.max(peak, inWindow);
    }

    /** When the busiest window begins. */
    Double peakAtSeconds() {
        return count == 0 ? null : (inWindow > peak ? window : peakWindow) * lengthSeconds();
    }

    /** Of all windows but the last, which is likely to be cut short; zero where there is none. */
    double mean() {
        return window == 0 ? 0 : (double) (count - inWindow) / window;
    }

    /** Variance over mean of the same windows. */
    Double indexOfDispersion() {
        double mean = mean();
        return mean > 0 && window > 1 ? (squares - window * mean * mean) / (window - 1) / mean : null;
    }

    private void end() {
        if (inWindow > peak) {
            peak = inWindow;
            peakWindow = window;
        }
        squares += (double) inWindow * inWindow;
        inWindow = 0;
    }
}
