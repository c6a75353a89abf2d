package io.tierdrill.profiler.stacks;

import java.util.List;

/** What counts of samples are turned into, so that runs of different rates can be compared. */
public enum Unit {
    /** The process's own processor time is known, and somebody counted the answers. */
    MICROS_AN_ANSWER("µs of processor time an answer", "µs"),

    /** Somebody counted the answers. */
    SAMPLES_A_THOUSAND_ANSWERS("samples a thousand answers", "a thousand"),

    /** Nothing but the samples is known. */
    PERCENT("% of its samples", "%");

    private final String words;
    private final String mark;

    Unit(String words, String mark) {
        this.words = words;
        this.mark = mark;
    }

    /** The best that all of them can be told in. */
    public static Unit of(List<Profile> profiles) {
        boolean alike = profiles.stream().map(Profile::sampling).distinct().count() == 1;
        boolean counted = profiles.stream().allMatch(p -> p.answers() > 0);
        if (!alike || !counted) return PERCENT;
        boolean timed = profiles.stream().allMatch(p -> p.cpuSeconds().isPresent());
        return timed ? MICROS_AN_ANSWER : SAMPLES_A_THOUSAND_ANSWERS;
    }

    /** So many of the profile's samples, where that has any; no sample is nothing. */
    public double of(Profile profile, long samples) {
        if (samples == 0) return 0;
        return switch (this) {
            case MICROS_AN_ANSWER ->
                1e6 * profile.cpuSeconds().orElseThrow() * samples / profile.samples() / profile.answers();
            case SAMPLES_A_THOUSAND_ANSWERS -> 1e3 * samples / profile.answers();
            case PERCENT -> 1e2 * samples / profile.samples();
        };
    }

    /** For people, behind a number. */
    public String words() {
        return words;
    }

    /** The same in one word. */
    public String mark() {
        return mark;
    }
}
