package io.tierdrill.profiler;

import java.time.Duration;

/**
 * How the profiler watches.
 *
 * @param interval between two samples of the same thing; 1 ms or more
 */
public record ProfileConfig(Duration interval) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    public ProfileConfig {
        if (interval.compareTo(SHORTEST) < 0)
            throw new IllegalArgumentException("interval must be 1 ms or more, was " + interval);
    }

    /** Ten times a second: fine enough to see a bottleneck that alternates between tiers, and still cheap. */
    public static ProfileConfig standard() {
        return new ProfileConfig(Duration.ofMillis(100));
    }
}
