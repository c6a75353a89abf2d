package io.tierdrill.scenarios.capacity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a study shall find out.
 *
 * @param quick a bracket of 8 % instead of 3 %, shorter steps, ends tried again once instead of three times
 * @param peakPerSecond the peak that is expected, if any
 * @param headroom the goal is so many times the peak
 * @param lost whether to search again with one instance less of each tier
 * @param prove whether to move the suspected limit and its runner-up
 * @param vary a tier whose instances are varied
 * @param profile whether to profile the tiers afterwards, in runs of their own
 */
public record StudyPlan(
        boolean quick,
        Optional<Double> peakPerSecond,
        double headroom,
        boolean lost,
        boolean prove,
        Optional<Vary> vary,
        boolean profile) {
    /** Rehearse for half as much again as is expected. */
    public static final double HEADROOM = 1.5;

    public StudyPlan {
        peakPerSecond.ifPresent(p -> {
            if (!(p > 0)) throw new IllegalArgumentException("peakPerSecond must be above 0, was " + p);
        });
        if (!(headroom > 0)) throw new IllegalArgumentException("headroom must be above 0, was " + headroom);
    }

    /**
     * A tier and the instance counts to try.
     *
     * @param counts each 1 or more, at least two
     */
    public record Vary(String tier, List<Integer> counts) {
        public Vary {
            counts = List.copyOf(counts);
            if (counts.size() < 2) throw new IllegalArgumentException("counts must be two or more, were " + counts);
        }
    }

    /** Measured time of a step that needs no more. */
    Duration step() {
        return Duration.ofSeconds(quick ? 6 : 8);
    }
}
