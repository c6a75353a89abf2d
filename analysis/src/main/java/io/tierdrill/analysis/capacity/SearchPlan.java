package io.tierdrill.analysis.capacity;

/**
 * How thoroughly a capacity is searched.
 *
 * @param guessPerSecond where to begin: a rate that somebody thinks possible
 * @param bracket the search ends when the lowest that broke is at most this part above the highest that held
 * @param probes whether to begin far below the guess, and to correct it by what a request costs there
 * @param repeats how often each end of the bracket is tried again
 * @param mostSteps an end to it all
 */
public record SearchPlan(double guessPerSecond, double bracket, boolean probes, int repeats, int mostSteps) {
    private static final double FINE = 0.03;
    private static final double COARSE = 0.08;

    public SearchPlan {
        if (!(guessPerSecond > 0) || Double.isInfinite(guessPerSecond))
            throw new IllegalArgumentException("guessPerSecond must be above 0, was " + guessPerSecond);
        if (!(bracket > 0 && bracket <= 1))
            throw new IllegalArgumentException("bracket must be in (0, 1], was " + bracket);
        if (repeats < 0) throw new IllegalArgumentException("repeats must be 0 or more, was " + repeats);
        if (mostSteps < 1) throw new IllegalArgumentException("mostSteps must be 1 or more, was " + mostSteps);
    }

    /** A bracket of 3 %, its ends three times again: some 17 steps. */
    public static SearchPlan thorough(double guessPerSecond) {
        return new SearchPlan(guessPerSecond, FINE, true, 3, 40);
    }

    /** A bracket of 8 %, its ends once again: some 8 steps. */
    public static SearchPlan quick(double guessPerSecond) {
        return new SearchPlan(guessPerSecond, COARSE, true, 1, 20);
    }

    /** For a stack that differs a little from one whose capacity is known: no probes, nothing again. */
    public static SearchPlan near(double knownPerSecond) {
        return new SearchPlan(knownPerSecond, COARSE, false, 0, 14);
    }
}
