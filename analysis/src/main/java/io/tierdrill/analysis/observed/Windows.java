package io.tierdrill.analysis.observed;

/**
 * The measured time cut into pieces of equal width; a last piece that is not whole is left out.
 *
 * @param widthNanos wide enough for CPU counters that tick every 10 ms to be good to 2 %
 */
public record Windows(long measuredNanos, long widthNanos) {
    private static final long CPU_WIDTH = 500_000_000L;

    /** Of half a second. */
    public static Windows halfSeconds(long measuredNanos) {
        return new Windows(measuredNanos, CPU_WIDTH);
    }

    /** So many pieces that a chart shows about {@code points}, none shorter than {@link #halfSeconds}. */
    public static Windows forChart(long measuredNanos, int points) {
        return new Windows(measuredNanos, Math.max(CPU_WIDTH, measuredNanos / points));
    }

    public int count() {
        return (int) (measuredNanos / widthNanos);
    }

    public long from(int i) {
        return i * widthNanos;
    }

    public long to(int i) {
        return (i + 1) * widthNanos;
    }

    public double seconds() {
        return widthNanos / 1e9;
    }
}
