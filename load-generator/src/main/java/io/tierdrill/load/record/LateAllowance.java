package io.tierdrill.load.record;

/**
 * How many of a few requests may be late. Of many, one in a hundred may, which is what a p99 says. Of a few, chance alone
 * brings more: allowed is what a true share of one in a hundred stays within 95 times of 100 (binomial law). Pure.
 */
final class LateAllowance {
    private static final double SHARE = 0.01;
    private static final double CERTAINTY = 0.95;

    private LateAllowance() {}

    /**
     * The least k with P(late requests of n ≤ k) ≥ 0.95 where each is late with a probability of 0.01: 0 of 5, 3 of 100,
     * 15 of 1,000, 28 of 2,000.
     *
     * @param requests 0 or more, some thousands at most
     */
    static long of(long requests) {
        double probability = Math.pow(1 - SHARE, requests);
        double sum = probability;
        long late = 0;
        while (sum < CERTAINTY && late < requests) {
            probability *= (double) (requests - late) / (late + 1) * SHARE / (1 - SHARE);
            sum += probability;
            late++;
        }
        return late;
    }
}
