package io.tierdrill.analysis.capacity;

import java.util.Optional;

/**
 * A step of a search as it was made.
 *
 * @param perSecond the rate that was planned
 * @param offeredPerSecond what was due; it strays about the plan as the law of arrivals has it
 * @param goodputPerSecond answered well and in time
 * @param p99Micros from the due time; empty on too few requests
 * @param forecastPerSecond the rate at which the nearest limit would be full by the utilisation law, if anything was used
 * @param why the reasons of the outcome, in words
 */
public record Step(
        int number,
        Purpose purpose,
        double perSecond,
        Outcome outcome,
        double offeredPerSecond,
        double goodputPerSecond,
        Optional<Double> p99Micros,
        Optional<Double> forecastPerSecond,
        double seconds,
        String why) {

    public Step {
        if (!(perSecond > 0)) throw new IllegalArgumentException("perSecond must be above 0, was " + perSecond);
    }
}
