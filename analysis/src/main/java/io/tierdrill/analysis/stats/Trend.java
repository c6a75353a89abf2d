package io.tierdrill.analysis.stats;

import java.util.Arrays;

/**
 * Whether evenly spaced values rise or fall, judged so that a single outlier cannot decide.
 *
 * @param slopePerStep the median of the slopes of all pairs (Theil 1950, Sen 1968)
 * @param z how far the number of rising pairs is from what chance gives, in standard deviations (Mann 1945, Kendall)
 */
public record Trend(double slopePerStep, double z) {
    /** One-sided p &lt; 0.001. */
    private static final double RARE = 3.090232;

    private static final int FEWEST = 8;

    /** Too few values have no trend. */
    public static Trend of(double[] values) {
        int n = values.length;
        if (n < FEWEST) return new Trend(0, 0);
        double[] slopes = new double[n * (n - 1) / 2];
        int rising = 0;
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[k++] = (values[j] - values[i]) / (j - i);
                rising += Double.compare(values[j], values[i]);
            }
        }
        Arrays.sort(slopes);
        double deviation = Math.sqrt(n * (n - 1.0) * (2 * n + 5) / 18);
        return new Trend(slopes[slopes.length / 2], (rising - Math.signum(rising)) / deviation);
    }

    /** Rises, with p &lt; 0.001. */
    public boolean rises() {
        return z > RARE && slopePerStep > 0;
    }
}
