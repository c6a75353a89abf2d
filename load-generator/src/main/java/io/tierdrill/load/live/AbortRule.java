package io.tierdrill.load.live;

/**
 * When to end a run early: {@code p99>250ms for 10s}, {@code errors>1% for 5s}, {@code rate<900/s}.
 *
 * @param text as written, for people
 * @param measure what is looked at
 * @param above whether more than the limit breaks it; else less than it does
 * @param limit in nanoseconds, as a share, per second or a number, as the measure has it
 * @param forNanos it must have been so for this long without a break; whole seconds
 */
public record AbortRule(String text, Measure measure, boolean above, double limit, long forNanos) {
    private static final int FEWEST = 20;

    public AbortRule {
        if (forNanos < 1) throw new IllegalArgumentException("forNanos must be above 0, was " + forNanos);
    }

    /**
     * How many requests must have ended before it can be judged. A quantile needs one expected beyond it, a share one
     * expected among them, and both at least {@value #FEWEST}; a lull is not judged alone but with what follows.
     */
    long needed() {
        return switch (measure.unit()) {
            case RATE, COUNT -> 0;
            case SHARE -> Math.max(FEWEST, (long) Math.ceil(1 / limit));
            case DURATION ->
                measure.quantile()
                        .map(q -> q < 1 ? Math.max(FEWEST, Math.round(1 / (1 - q))) : 1L)
                        .orElse((long) FEWEST);
        };
    }

    boolean breaks(double value) {
        return above ? value > limit : value < limit;
    }

    @Override
    public String toString() {
        return text;
    }
}
