package io.tierdrill.analysis.capacity;

import com.fasterxml.jackson.annotation.JsonValue;

/** What one step of a search showed. */
public enum Outcome {
    /** Every promise was kept, and nothing piled up. */
    HELD("held"),
    /** A promise was broken, or requests piled up. */
    BROKE("broke"),
    /** The measurement is sound and decides nothing. */
    UNSURE("unsure"),
    /** The measurement failed; the load generator or the machine was the limit. */
    INVALID("invalid");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Whether it says anything of the stack. */
    boolean decides() {
        return this == HELD || this == BROKE;
    }
}
