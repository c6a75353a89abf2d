package io.tierdrill.analysis.finding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How sure a bottleneck is. Words, because a percentage would pretend to a model nobody has. */
public enum Confidence {
    /** The limit was moved, and the capacity moved with it: see {@link Proof}. */
    CONFIRMED("confirmed by experiment"),
    TWO_SIGNALS("two independent signals"),
    SUSPECTED("suspected");

    private final String word;

    Confidence(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Undoes {@link #word}. */
    @JsonCreator
    public static Confidence of(String word) {
        for (Confidence confidence : values()) if (confidence.word.equals(word)) return confidence;
        throw new IllegalArgumentException("unknown confidence '" + word + "'");
    }
}
