package io.tierdrill.analysis.finding;

/**
 * An experiment on the suspected limit: it and its runner-up were moved, and the capacity was found again. Changes are
 * ratios: 0.25 is a quarter more, -0.2 a fifth less.
 *
 * @param limit the path of the setting that was moved
 * @param movedBy by how much
 * @param capacityChange what became of the capacity
 * @param runnerUp the limit moved for comparison; empty text where there was none
 * @param runnerUpChange what became of the capacity when that one was moved
 * @param confirmed whether the capacity followed the suspect and not the runner-up
 * @param sentence all of it for people
 */
public record Proof(
        String limit,
        double movedBy,
        double capacityChange,
        String runnerUp,
        double runnerUpChange,
        boolean confirmed,
        String sentence) {
    public Proof {
        if (limit.isBlank()) throw new IllegalArgumentException("limit must be named");
        if (movedBy == 0) throw new IllegalArgumentException("movedBy must not be 0: nothing was moved");
        if (sentence.isBlank()) throw new IllegalArgumentException("sentence must not be empty");
    }
}
