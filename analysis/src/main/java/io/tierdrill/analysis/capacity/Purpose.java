package io.tierdrill.analysis.capacity;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a step of a search is made. */
public enum Purpose {
    /** What does a request cost where nothing is scarce? */
    PROBE("probe"),
    /** Upward until something breaks, or downward until something holds. */
    CLIMB("climb"),
    /** Between the highest that held and the lowest that broke. */
    BISECT("bisect"),
    /** The ends of the bracket again, for chance. */
    REPEAT("repeat");

    private final String word;

    Purpose(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }
}
