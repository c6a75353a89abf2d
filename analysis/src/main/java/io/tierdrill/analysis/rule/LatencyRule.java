package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nothing is full and nobody fails, it is only too slow: where do slow requests spend their time? */
final class LatencyRule {
    private static final double MOST_UNATTRIBUTED = 0.2;
    private static final double AGREES = 0.5;

    private LatencyRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        if (facts.latencies().count() == 0
                || facts.latencies().low(0.99) <= facts.objective().p99Nanos()) return Optional.empty();
        return StageSignal.largest(facts.stages(), MOST_UNATTRIBUTED).map(row -> blame(row, facts));
    }

    private static Bottleneck blame(StageTable.Row row, Facts facts) {
        StageTable.Cohort tail = facts.stages().tail().orElseThrow();
        String tier = row.tier().orElse("network");
        List<String> evidence = new ArrayList<>();
        evidence.add(row.label() + " takes " + Figures.micros(row.tailMicros()) + " of the "
                + Figures.micros(tail.meanMicros()) + " of a p99 request, " + Figures.micros(row.medianMicros())
                + " of a median one");
        Optional<Double> counted = counted(row, facts);
        boolean agrees = counted.isPresent() && counted.get() >= AGREES * row.medianMicros();
        if (agrees) evidence.add(tier + "'s own counters agree: " + Figures.micros(counted.get()) + " on average");
        evidence.add("no limit of any tier was full");
        return new Bottleneck(
                tier,
                Optional.empty(),
                row.stage(),
                "latency",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                row.label() + ", " + Figures.wholePercent(row.tailShare()) + " of the time of a slow request",
                agrees ? Confidence.TWO_SIGNALS : Confidence.SUSPECTED,
                evidence,
                "make " + row.label() + " faster: more capacity will not help");
    }

    /** What the tier itself counted for the same piece of work, per request. */
    private static Optional<Double> counted(StageTable.Row row, Facts facts) {
        if (row.tier().isEmpty()) return Optional.empty();
        Flow.Totals totals = facts.telemetry().totals(row.tier().get());
        if (totals.completions() < 1) return Optional.empty();
        double seconds = row.stage().endsWith("-queue")
                ? totals.queueSeconds()
                : totals.heldSeconds() - totals.downstreamSeconds();
        return Optional.of(seconds / totals.completions() * 1e6);
    }
}
