package io.tierdrill.load.arrival;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A rate over time, linear between points and level outside them; turns expected requests into nanoseconds and back.
 *
 * <p>Between two points the expected count is {@code r t + s t^2 / 2} for rate {@code r} and slope {@code s}; it is
 * solved for {@code t} in the form {@code 2 a / (r + sqrt(r^2 + 2 s a))}, which stays exact where the slope is near
 * zero. Each answer is computed from the start of its segment, so nothing is summed over arrivals. The rate may be zero
 * for a while, and two points at one moment are a jump. Immutable.
 */
public final class RateCurve {
    private static final double SECOND = 1e9;

    /**
     * @param at from the start
     * @param perSecond requests a second, 0 or more
     */
    public record Point(Duration at, double perSecond) {
        public Point {
            if (at.isNegative()) throw new IllegalArgumentException("at must be 0 or more, was " + at);
            if (!(perSecond >= 0) || Double.isInfinite(perSecond))
                throw new IllegalArgumentException("perSecond must be 0 or more, was " + perSecond);
        }
    }

    private final long[] startNanos;
    private final double[] startRate;
    private final double[] slope;
    private final double[] startCount;

    /** Points in increasing order of time, at most two at one moment; at least one, and one of them above zero. */
    public RateCurve(List<Point> points) {
        if (points.isEmpty()) throw new IllegalArgumentException("points must not be empty");
        if (points.stream().allMatch(p -> p.perSecond() == 0))
            throw new IllegalArgumentException("the rate must be above 0 somewhere");
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
        boolean jump = seconds == 0 && (i < 2 || startNanos[i - 2] < startNanos[i]);
        if (!(seconds > 0) && !jump)
            throw new IllegalArgumentException("points must come in order, found " + point.at());
        slope[i - 1] = jump ? 0 : (startRate[i] - startRate[i - 1]) / seconds;
        startCount[i] = startCount[i - 1] + (startRate[i] + startRate[i - 1]) / 2 * seconds;
    }

    /** When the expected count reaches {@code expected}; {@code Long.MAX_VALUE} where it never does. */
    public long nanosAt(double expected) {
        int i = segment(startCount, expected);
        double count = expected - startCount[i];
        double r = startRate[i];
        double speed = r + Math.sqrt(Math.max(0, r * r + 2 * slope[i] * count));
        if (speed == 0) return count == 0 ? startNanos[i] : Long.MAX_VALUE;
        double nanos = startNanos[i] + 2 * count / speed * SECOND;
        if (nanos >= Long.MAX_VALUE) return Long.MAX_VALUE;
        return startNanos[i] + Math.round(2 * count / speed * SECOND);
    }

    /** How many requests are expected by then. */
    public double expectedBy(long nanos) {
        int i = segmentAt(nanos);
        double seconds = (nanos - startNanos[i]) / SECOND;
        return startCount[i] + startRate[i] * seconds + slope[i] / 2 * seconds * seconds;
    }

    /** Requests a second at this moment; after a jump where there is one. */
    public double perSecondAt(long nanos) {
        int i = segmentAt(nanos);
        return Math.max(0, startRate[i] + slope[i] * ((nanos - startNanos[i]) / SECOND));
    }

    /** The highest rate anywhere. */
    public double highest() {
        return Arrays.stream(startRate).max().orElseThrow();
    }

    /** The highest rate from one moment to another, both included. */
    public double highestBetween(long fromNanos, long toNanos) {
        double highest = Math.max(perSecondAt(fromNanos), perSecondAt(toNanos));
        for (int i = segmentAt(fromNanos) + 1; i < startNanos.length && startNanos[i] <= toNanos; i++) {
            highest = Math.max(highest, startRate[i]);
            long since = startNanos[i] - startNanos[i - 1];
            highest = Math.max(highest, startRate[i - 1] + slope[i - 1] * (since / SECOND));
        }
        return highest;
    }

    /** The last segment that begins at or before. */
    private int segmentAt(long nanos) {
        int low = 0;
        int high = startNanos.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (startNanos[middle] <= nanos) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    /** The last segment that begins at or below; of several at one count (silence, a jump) the last. */
    private static int segment(double[] starts, double value) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= value) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
