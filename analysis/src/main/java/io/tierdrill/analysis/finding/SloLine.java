package io.tierdrill.analysis.finding;

/**
 * One promise and what became of it.
 *
 * @param name {@code p99}, {@code errors} or {@code rate}; where a run ended early, {@code abortOn} for a rule that was
 *     broken or {@code whole run}
 * @param text the sentence with both numbers
 */
public record SloLine(String name, Outcome outcome, String text) {

    /** {@code UNKNOWN}: too few requests to say, or too little of the run. */
    public enum Outcome {
        KEPT,
        BROKEN,
        UNKNOWN
    }
}
