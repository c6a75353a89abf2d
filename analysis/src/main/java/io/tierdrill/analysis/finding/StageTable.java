package io.tierdrill.analysis.finding;

import java.util.List;
import java.util.Optional;

/**
 * Where the time of two groups of requests went: those around the median (p45 to p55) and those around the 99th
 * percentile (p98.5 to p99.5). The rows of a group add up to its latency.
 *
 * @param median empty when there are too few requests to group
 * @param tail empty when there are too few requests for a p99
 * @param rows outermost first, the last one {@code unattributed}
 * @param faults durations that contradict each other, such as a negative gap
 */
public record StageTable(Optional<Cohort> median, Optional<Cohort> tail, List<Row> rows, List<String> faults) {
    public StageTable {
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    /** A group of requests and their mean latency. */
    public record Cohort(String name, long requests, double meanMicros) {}

    /**
     * A stage.
     *
     * @param stage a stable key: {@code lateness}, {@code dns}, {@code connect}, {@code path}, {@code l7-queue},
     *     {@code l7-own}, {@code l7-gap}, {@code unattributed}
     * @param tier whose time it is; empty for lateness, paths, gaps and what is left over
     * @param label for people
     */
    public record Row(
            String stage,
            Optional<String> tier,
            String label,
            double medianMicros,
            double medianShare,
            double tailMicros,
            double tailShare) {}
}
