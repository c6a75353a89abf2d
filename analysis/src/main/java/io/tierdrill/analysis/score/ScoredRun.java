package io.tierdrill.analysis.score;

import io.tierdrill.analysis.finding.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a matrix with its truth and its verdict: a line of {@code evaluation.jsonl}.
 *
 * @param cell which run of the matrix: {@code service-cpu/hard/hot-l7/3}
 * @param folder the run folder, within that of the evaluation; empty where no run could be made
 * @param truths what was planted; either may be named. Empty where nothing of the stack was
 * @param bites whether it counts: the plant lowered the capacity by 15 % or more against its control
 * @param why it does not count; empty where it does
 * @param culprit who spoiled the measurement, where the verdict said that it was spoiled
 * @param said empty where the verdict named nobody
 * @param naive what each {@link NaiveRule} would have named, by its word
 * @param perSecond the rate that was asked for
 * @param repeated how often it was run again because the machine was busy with other things
 * @param seconds it took, stack and controls included
 * @param headline of the verdict
 */
public record ScoredRun(
        String cell,
        String folder,
        Group group,
        Half half,
        List<Truth> truths,
        boolean bites,
        String why,
        Status status,
        Optional<String> culprit,
        Optional<Said> said,
        Map<String, String> naive,
        double perSecond,
        int repeated,
        double seconds,
        String headline) {
    public ScoredRun {
        truths = List.copyOf(truths);
        naive = Map.copyOf(naive);
        if (group.hasCulprit() == truths.isEmpty())
            throw new IllegalArgumentException("a " + group.word() + " run has "
                    + (truths.isEmpty() ? "a truth, and none was given" : "no truth, and got " + truths));
    }

    /** The row of a cell that could not be run, or whose control could not be. */
    public static ScoredRun missing(
            String cell, Group group, Half half, List<Truth> truths, String why, double perSecond, double seconds) {
        return new ScoredRun(
                cell,
                "",
                group,
                half,
                truths,
                false,
                why,
                Status.INVALID,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                perSecond,
                0,
                seconds,
                "");
    }

    /** Whether there was a run. */
    public boolean wasMade() {
        return !folder.isEmpty();
    }

    boolean tierHit() {
        return said.filter(s -> truths.stream().anyMatch(t -> t.isTierOf(s))).isPresent();
    }

    boolean classHit() {
        return said.filter(s -> truths.stream().anyMatch(t -> t.is(s))).isPresent();
    }

    boolean naiveHit(String rule) {
        return truths.stream().anyMatch(t -> t.tier().equals(naive.get(rule)));
    }
}
