package io.tierdrill.analysis.stats;

/**
 * How much of the beginning of a series is unlike the rest (MSER-5: White, Cobb and Spratt, 2000; the method that Hoad,
 * Robinson and Davies, 2010, found the one fit for doing it without a person). The series is taken in batches of five;
 * cut off is what makes the standard error of the mean of the rest smallest.
 *
 * @param cut values to leave out; a multiple of five
 * @param length of the series
 * @param before mean of what is cut off; zero where nothing is
 * @param after mean of the rest
 */
public record Mser5(int cut, int length, double before, double after) {
    private static final int BATCH = 5;

    /** The last few batches are alike by chance. */
    private static final int FEWEST_LEFT = 5;

    /** Nothing is cut from a series too short to tell. */
    public static Mser5 of(double[] series) {
        int batches = series.length / BATCH;
        double[] means = new double[batches];
        for (int b = 0; b < batches; b++) for (int i = 0; i < BATCH; i++) means[b] += series[b * BATCH + i] / BATCH;
        int best = 0;
        double least = Double.MAX_VALUE;
        double sum = 0;
        double squares = 0;
        for (int from = batches - 1; from >= 0; from--) {
            sum += means[from];
            squares += means[from] * means[from];
            int left = batches - from;
            double variance = squares / left - sum / left * (sum / left);
            if (left >= FEWEST_LEFT && variance / left <= least) {
                least = variance / left;
                best = from;
            }
        }
        return new Mser5(best * BATCH, series.length, mean(means, 0, best), mean(means, best, batches));
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += values[i];
        return to == from ? 0 : sum / (to - from);
    }

    /** Where more than half would have to go, the series has not settled. */
    public boolean settles() {
        return cut * 2 <= length;
    }
}
