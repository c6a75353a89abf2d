package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Capacity;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.SloLine.Outcome;
import io.tierdrill.analysis.stats.Sorted;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.Stopped;
import java.util.ArrayList;
import java.util.List;

/** Whether each promise was kept. A promise that too few requests speak of is neither kept nor broken. */
public final class SloRule {
    private static final double HELD = 0.99;
    private static final double P99 = 0.99;

    private SloRule() {}

    /**
     * One line a promise: p99, errors, rate; and where the run ended before its time, one for that. A run that was
     * stopped never met the rest of its load: it can break a promise, but not keep them all.
     */
    public static List<SloLine> ask(Facts facts) {
        List<SloLine> lines = new ArrayList<>(List.of(p99(facts), errors(facts), rate(facts.capacity())));
        facts.run().injection().stopped().ifPresent(s -> lines.add(stopped(s)));
        return lines;
    }

    private static SloLine stopped(Stopped s) {
        String when = "stopped after " + Figures.number(s.atSeconds()) + " of " + Figures.number(s.ofSeconds()) + " s";
        return s.rule()
                .map(rule -> new SloLine(
                        "abortOn",
                        Outcome.BROKEN,
                        rule + " was broken: " + s.found().orElseThrow() + "; " + when))
                .orElseGet(
                        () -> new SloLine("whole run", Outcome.UNKNOWN, when + ": the rest of the load was not met"));
    }

    private static SloLine p99(Facts facts) {
        Sorted latencies = facts.latencies();
        long limit = facts.objective().p99Nanos();
        String promise = "promised at most " + micros(limit);
        if (latencies.count() == 0) return new SloLine("p99", Outcome.UNKNOWN, "no request, " + promise);
        if (latencies.count() < Injection.Quantiles.NEEDED_FOR_P99) return fewP99(latencies, limit, promise);
        long low = latencies.low(P99);
        long high = latencies.high(P99);
        String text = "p99 " + micros(latencies.quantile(P99)) + " (95 % interval "
                + Figures.microsRange(low / 1e3, high / 1e3) + "), " + promise;
        return new SloLine("p99", low > limit ? Outcome.BROKEN : high <= limit ? Outcome.KEPT : Outcome.UNKNOWN, text);
    }

    /** Too few for a percentile can still be enough to see the promise broken. */
    private static SloLine fewP99(Sorted latencies, long limit, String promise) {
        String few = Figures.count(latencies.count()) + " requests are too few for a p99, which needs "
                + Figures.count(Injection.Quantiles.NEEDED_FOR_P99);
        if (latencies.low(P99) <= limit) return new SloLine("p99", Outcome.UNKNOWN, few + "; " + promise);
        return new SloLine(
                "p99",
                Outcome.BROKEN,
                few + ", but it is above " + micros(latencies.low(P99)) + " for certain; " + promise);
    }

    private static SloLine errors(Facts facts) {
        double allowed = facts.objective().errorRatio();
        String text = "errors " + Figures.percent(facts.failures().ratio()) + " ("
                + Figures.count(facts.failures().hits()) + " of "
                + Figures.count(facts.failures().total()) + "), promised at most " + Figures.percent(allowed);
        if (facts.failures().ratio() <= allowed) return new SloLine("errors", Outcome.KEPT, text);
        boolean certain = facts.failures().low() > allowed;
        return new SloLine("errors", certain ? Outcome.BROKEN : Outcome.UNKNOWN, text);
    }

    private static SloLine rate(Capacity capacity) {
        String text = Figures.rate(capacity.goodputPerSecond()) + " answered well, "
                + Figures.rate(capacity.neededPerSecond()) + " needed";
        if (capacity.goodputPerSecond() >= HELD * capacity.neededPerSecond())
            return new SloLine("rate", Outcome.KEPT, text);
        if (capacity.offeredPerSecond() < HELD * capacity.neededPerSecond()
                && capacity.goodputPerSecond() >= HELD * capacity.offeredPerSecond())
            return new SloLine(
                    "rate", Outcome.UNKNOWN, text + ", only " + Figures.rate(capacity.offeredPerSecond()) + " offered");
        return new SloLine("rate", Outcome.BROKEN, text);
    }

    private static String micros(long nanos) {
        return Figures.micros(nanos / 1e3);
    }
}
