package io.tierdrill.load.replay;

/**
 * The rate of a trace over its own time without its bursts: averaged over a triangle. A shape is set against it, so that
 * what rises and falls more slowly than the triangle is replaced by the shape, and what is quicker stays on top of it.
 * Never below a fiftieth of the mean: where nobody was, nobody can be multiplied. Immutable.
 */
final class OwnRate {
    /** Half of the triangle's foot holds at least so many requests on average. */
    private static final int REQUESTS = 500;

    private static final double LEAST_OF_MEAN = 0.02;
    /** Steps in half of the triangle's foot. */
    private static final int FINE = 16;

    private final double stepNanos;
    private final double[] perSecond;

    private OwnRate(double stepNanos, double[] perSecond) {
        this.stepNanos = stepNanos;
        this.perSecond = perSecond;
    }

    /**
     * @param period of the whole trace
     * @param least half of the triangle's foot at least, in nanoseconds
     */
    static OwnRate of(CountGrid grid, long period, long requests, long least) {
        double half = Math.max(least, (double) period / requests * REQUESTS);
        half = Math.max(grid.stepNanos(), Math.min(half, period / 4.0));
        int n = (int) Math.max(1, Math.min(1 << 20, Math.ceil(period / half * FINE)));
        double step = (double) period / n;
        double[] counts = new double[n];
        for (int i = 0; i < grid.size(); i++) {
            int at = (int) Math.min(n - 1, (i + 0.5) * grid.stepNanos() / step);
            counts[at] += grid.count(i);
        }
        double[] rates = triangle(counts, FINE);
        double floor = LEAST_OF_MEAN * requests / n;
        for (int i = 0; i < n; i++) rates[i] = Math.max(floor, rates[i]) / (step / 1e9);
        return new OwnRate(step, rates);
    }

    /** Weighted means over a triangle; at the ends over as much of it as there is. */
    private static double[] triangle(double[] values, int half) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            double weights = 0;
            for (int d = -half + 1; d < half; d++) {
                int j = i + d;
                if (j < 0 || j >= values.length) continue;
                double weight = half - Math.abs(d);
                sum += values[j] * weight;
                weights += weight;
            }
            result[i] = sum / weights;
        }
        return result;
    }

    /** Requests a second at this time of the trace. */
    double at(double traceNanos) {
        double place = traceNanos / stepNanos - 0.5;
        int i = (int) Math.max(0, Math.min(perSecond.length - 1, Math.floor(place)));
        int j = Math.min(perSecond.length - 1, i + 1);
        double share = Math.max(0, Math.min(1, place - i));
        return perSecond[i] + (perSecond[j] - perSecond[i]) * share;
    }

    /** The least from one time to another. */
    double leastBetween(double from, double to) {
        double least = Math.min(at(from), at(to));
        int last = (int) Math.min(perSecond.length - 1, to / stepNanos + 1);
        for (int i = (int) Math.max(0, from / stepNanos - 1); i <= last; i++) least = Math.min(least, perSecond[i]);
        return least;
    }
}
