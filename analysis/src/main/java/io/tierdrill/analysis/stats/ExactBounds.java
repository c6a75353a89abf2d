package io.tierdrill.analysis.stats;

import java.util.function.DoubleUnaryOperator;

/**
 * Between which ratios the true one lies, given that some of a whole were hits: the interval of Clopper and Pearson (The
 * use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26, 1934). It covers the true
 * ratio at least as often as it says, also where the whole is small or every one is a hit.
 *
 * @param low 0 where there was no hit
 * @param high 1 where all were hits
 */
public record ExactBounds(double low, double high) {
    private static final double EACH_SIDE = 0.025;
    private static final int HALVINGS = 60;

    /** With 95 % certainty, 2.5 % on each side. Of nothing, nothing is known. */
    public static ExactBounds of(long hits, long total) {
        if (hits < 0 || hits > total)
            throw new IllegalArgumentException("hits must be 0 to " + total + ", was " + hits);
        return new ExactBounds(low(hits, total, EACH_SIDE), high(hits, total, EACH_SIDE));
    }

    /** The true ratio is below this with 95 % certainty; for what should never happen. */
    public static double oneSidedHigh(long hits, long total) {
        return high(hits, total, 2 * EACH_SIDE);
    }

    /** The ratio at which so many hits or more are this rare. */
    private static double low(long hits, long total, double rare) {
        return hits == 0 ? 0 : falling(p -> rare - (1 - atMost(hits - 1, total, p)));
    }

    /** The ratio at which so many hits or fewer are this rare. */
    private static double high(long hits, long total, double rare) {
        return hits == total ? 1 : falling(p -> atMost(hits, total, p) - rare);
    }

    /** Where a function that falls from 0 to 1 crosses zero. */
    private static double falling(DoubleUnaryOperator f) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (f.applyAsDouble(middle) > 0) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /** The chance of at most so many hits: the binomial's terms, in logarithms, for small ones would vanish. */
    private static double atMost(long hits, long total, double p) {
        double term = total * Math.log1p(-p);
        double odds = Math.log(p) - Math.log1p(-p);
        double sum = Math.exp(term);
        for (long k = 1; k <= hits; k++) {
            term += Math.log((double) (total - k + 1) / k) + odds;
            sum += Math.exp(term);
        }
        return Math.min(1, sum);
    }
}
