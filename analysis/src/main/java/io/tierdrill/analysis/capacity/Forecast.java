package io.tierdrill.analysis.capacity;

import java.util.Optional;

/**
 * Whether a peak will be held. A rate that was tried is answered by what was seen. One above everything that was tried is
 * answered by the utilisation law, no farther than half as much again as was tried; beyond that there is no answer.
 *
 * @param goalPerSecond the peak that is expected, times the headroom
 * @param answer what may be said
 * @param basis where it comes from: {@code measured}, {@code utilisation law} or {@code not tested}
 */
public record Forecast(double peakPerSecond, double goalPerSecond, Answer answer, String basis) {
    private static final double FARTHEST = 1.5;

    /** Of the goal. */
    public enum Answer {
        HOLDS,
        BREAKS,
        OPEN
    }

    /**
     * @param capacity what was found, if anything broke
     * @param triedPerSecond the highest rate that held
     * @param forecastPerSecond at which the nearest limit would be full, from the step at {@code triedPerSecond}
     */
    public static Forecast of(
            double peakPerSecond,
            double headroom,
            Optional<RateInterval> capacity,
            double triedPerSecond,
            Optional<Double> forecastPerSecond) {
        double goal = peakPerSecond * headroom;
        if (capacity.isPresent()) return measured(peakPerSecond, goal, capacity.get());
        if (goal <= triedPerSecond) return new Forecast(peakPerSecond, goal, Answer.HOLDS, "measured");
        if (goal <= FARTHEST * triedPerSecond && forecastPerSecond.isPresent())
            return new Forecast(
                    peakPerSecond,
                    goal,
                    forecastPerSecond.get() < goal ? Answer.BREAKS : Answer.OPEN,
                    "utilisation law");
        return new Forecast(peakPerSecond, goal, Answer.OPEN, "not tested");
    }

    private static Forecast measured(double peak, double goal, RateInterval capacity) {
        Answer answer = goal <= capacity.lowPerSecond()
                ? Answer.HOLDS
                : goal > capacity.highPerSecond() ? Answer.BREAKS : Answer.OPEN;
        return new Forecast(peak, goal, answer, "measured");
    }
}
