package io.tierdrill.analysis.finding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The decision of a run. */
public enum Status {
    /** Every promise was kept. */
    GO("GO", 0),
    /** A promise was broken, and the measurement can be trusted. */
    NO_GO("NO-GO", 1),
    /** The measurement itself failed; nothing is said of the stack but what it held at least. */
    INVALID("INVALID", 3),
    /** The measurement is sound and too small to decide. */
    INCONCLUSIVE("INCONCLUSIVE", 4);

    private final String word;
    private final int exitStatus;

    Status(String word, int exitStatus) {
        this.word = word;
        this.exitStatus = exitStatus;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Undoes {@link #word}. */
    @JsonCreator
    public static Status of(String word) {
        for (Status status : values()) if (status.word.equals(word)) return status;
        throw new IllegalArgumentException("status must be GO, NO-GO, INVALID or INCONCLUSIVE, was '" + word + "'");
    }

    /** Of the command. */
    public int exitStatus() {
        return exitStatus;
    }
}
