package io.tierdrill.load.arrival;

import java.util.random.RandomGenerator;

/**
 * A law of arrivals of mean rate one, in <em>operational time</em>: its unit is one expected request. A
 * {@link RateCurve} turns operational time into nanoseconds, which keeps every law exact under every rate (time
 * rescaling, Daley and Vere-Jones, An Introduction to the Theory of Point Processes, chapter 7).
 *
 * <p>Not thread-safe where it draws from chance.
 */
@FunctionalInterface
public interface ArrivalProcess {

    /**
     * The arrival after {@code last}; begin with 0.
     *
     * @param last the previous answer
     * @return more than {@code last}, or equal to it for arrivals at once
     */
    double next(double last);

    /** Evenly spaced, half a gap from the start, so that every whole number of gaps holds as many arrivals. */
    static ArrivalProcess constant() {
        return last -> last < 0.5 ? 0.5 : last + 1;
    }

    /** Independent users, each unaware of the others: gaps are exponential with mean one. */
    static ArrivalProcess poisson(RandomGenerator random) {
        return last -> last + exponential(random);
    }

    /** Exponential with mean one, by inversion; the argument of the logarithm is never zero. */
    static double exponential(RandomGenerator random) {
        return -Math.log(1 - random.nextDouble());
    }
}
