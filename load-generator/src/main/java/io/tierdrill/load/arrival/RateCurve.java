package io.tierdrill.load.arrival;

import java.time.Duration;
import java.util.List;

/**
 * A rate over time, linear between points and level outside them; turns expected requests into nanoseconds and back.
 *
 * <p>Between two points the expected count is {@code r t + s t^2 / 2} for rate {@code r} and slope {@code s}; it is
 * solved for {@code t} in the form {@code 2 a / (r + sqrt(r^2 + 2 s a))}, which stays exact where the slope is near
 * zero. Each answer is computed from the start of its segment, so nothing is summed over arrivals. Immutable.
 */
public final class RateCurve {
    private static final double SECOND = 1e9;

    /**
     * @param at from the start
     * @param perSecond requests a second, above 0
     */
    public record Point(Duration at, double perSecond) {
        public Point {
            if (at.isNegative()) throw new IllegalArgumentException("at must be 0 or more, was " + at);
            if (!(perSecond > 0)) throw new IllegalArgumentException("perSecond must be above 0, was " + perSecond);
        }
    }

    private final long[] startNanos;
    private final double[] startRate;
    private final double[] slope;
    private final double[] startCount;

    /** Points in increasing order of time; at least one. */
    public RateCurve(List<Point> points) {
        if (points.isEmpty()) throw new IllegalArgumentException("points must not be empty");
        boolean lead = !points.get(0).at().isZero();
        int n = points.size() + (lead ? 1 : 0);
        startNanos = new long[n];
        startRate = new double[n];
        slope = new double[n];
        startCount = new double[n];
        startRate[0] = points.get(0).perSecond();
        for (int i = lead ? 1 : 0; i < n; i++) put(i, points.get(lead ? i - 1 : i));
    }

    /** The same rate for ever. */
    public static RateCurve level(double perSecond) {
        return new RateCurve(List.of(new Point(Duration.ZERO, perSecond)));
    }

    private void put(int i, Point point) {
        startNanos[i] = point.at().toNanos();
        startRate[i] = point.perSecond();
        if (i == 0) return;
        double seconds = (startNanos[i] - startNanos[i - 1]) / SECOND;
        if (!(seconds > 0)) throw new IllegalArgumentException("points must come in order, found " + point.at());
        slope[i - 1] = (startRate[i] - startRate[i - 1]) / seconds;
        startCount[i] = startCount[i - 1] + (startRate[i] + startRate[i - 1]) / 2 * seconds;
    }

    /** When the expected count reaches {@code expected}. */
    public long nanosAt(double expected) {
        int i = startCount.length - 1;
        while (i > 0 && startCount[i] > expected) i--;
        double count = expected - startCount[i];
        double r = startRate[i];
        double seconds = 2 * count / (r + Math.sqrt(Math.max(0, r * r + 2 * slope[i] * count)));
        return startNanos[i] + Math.round(seconds * SECOND);
    }

    /** How many requests are expected by then. */
    public double expectedBy(long nanos) {
        int i = startNanos.length - 1;
        while (i > 0 && startNanos[i] > nanos) i--;
        double seconds = (nanos - startNanos[i]) / SECOND;
        return startCount[i] + startRate[i] * seconds + slope[i] / 2 * seconds * seconds;
    }
}
