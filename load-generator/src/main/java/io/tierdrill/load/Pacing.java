package io.tierdrill.load;

import java.util.Locale;

/** How the injector waits for the next due time. */
public enum Pacing {
    /**
     * Sleeps until shortly before, then polls: a sharp send for a quarter of a core, or more where the machine has one
     * idle.
     */
    HYBRID,
    /**
     * Sleeps all the way, and wakes at most some 2,000 times a second: cheapest, late by up to half a millisecond and
     * what the machine's timers are late. Answers are taken together likewise.
     */
    SLEEP,
    /** Never sleeps: a whole core, for machines that can spare one. */
    SPIN;

    /** As written in scenarios. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
