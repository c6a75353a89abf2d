package io.tierdrill.analysis.finding;

import java.util.Optional;

/**
 * What a search over many runs found. All rates in requests per second.
 *
 * @param sloPerSecond the highest rate at which every promise is kept
 * @param lowPerSecond lower end of its 90 % interval
 * @param highPerSecond upper end of its 90 % interval
 * @param saturationPerSecond the most that is answered well, however much is asked
 * @param neededPerSecond what has to be held, where that is known
 * @param recovery what happened when the load dropped again after the limit was passed, for people
 */
public record CapacityFound(
        double sloPerSecond,
        double lowPerSecond,
        double highPerSecond,
        double saturationPerSecond,
        Optional<Double> neededPerSecond,
        Optional<String> recovery) {
    public CapacityFound {
        if (!(lowPerSecond >= 0 && lowPerSecond <= sloPerSecond && sloPerSecond <= highPerSecond))
            throw new IllegalArgumentException("sloPerSecond must lie within its interval of 0 or more, was "
                    + sloPerSecond + " in " + lowPerSecond + " to " + highPerSecond);
        if (!(saturationPerSecond >= 0))
            throw new IllegalArgumentException("saturationPerSecond must be 0 or more, was " + saturationPerSecond);
        neededPerSecond.ifPresent(needed -> {
            if (!(needed > 0)) throw new IllegalArgumentException("neededPerSecond must be above 0, was " + needed);
        });
    }
}
