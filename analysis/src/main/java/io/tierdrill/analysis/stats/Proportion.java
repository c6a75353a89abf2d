package io.tierdrill.analysis.stats;

/**
 * A part of a whole that was counted.
 *
 * @param hits of {@code total}
 */
public record Proportion(long hits, long total) {
    private static final double ONE_SIDED_95 = 1.644854;

    public double ratio() {
        return total == 0 ? 0 : (double) hits / total;
    }

    /** The true ratio is above this with 95 % certainty (Wilson's score interval, 1927). */
    public double low() {
        if (total == 0) return 0;
        double z2 = ONE_SIDED_95 * ONE_SIDED_95;
        double centre = ratio() + z2 / (2 * total);
        double spread = ONE_SIDED_95 * Math.sqrt(ratio() * (1 - ratio()) / total + z2 / (4.0 * total * total));
        return Math.max(0, (centre - spread) / (1 + z2 / total));
    }
}
