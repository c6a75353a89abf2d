package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.Status;
import java.util.stream.Collectors;

/**
 * A run and its verdict.
 *
 * @param folder within that of the evaluation
 * @param repeated how often it was run again because the machine was busy with other things
 * @param blindfold by which the names in the verdict can be read
 */
record Asked(String folder, Verdict verdict, int repeated, Blindfold blindfold) {

    /** Whether every promise was kept, and nothing piled up. */
    boolean holds() {
        return verdict.status() == Status.GO && !verdict.saturated();
    }

    /** Whether its measurement cannot be trusted. */
    boolean isSpoiled() {
        return verdict.status() == Status.INVALID;
    }

    /** Whether a promise was broken, spoiled or not. */
    boolean breaks() {
        return verdict.slo().stream().anyMatch(l -> l.outcome() == SloLine.Outcome.BROKEN);
    }

    /** What became of its promises, in a few words. */
    String outcome() {
        if (verdict.status() == Status.INVALID)
            return "INVALID: " + String.join("; ", verdict.validity().reasons());
        if (verdict.status() == Status.GO)
            return verdict.saturated() ? "GO, and " + String.join("; ", verdict.saturation()) : "GO";
        return verdict.status().word() + ": "
                + verdict.slo().stream()
                        .filter(l -> l.outcome() != SloLine.Outcome.KEPT)
                        .map(SloLine::text)
                        .collect(Collectors.joining("; "));
    }
}
