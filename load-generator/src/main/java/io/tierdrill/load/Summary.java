package io.tierdrill.load;

import io.tierdrill.load.record.Totals;
import io.tierdrill.load.record.Validity;
import io.tierdrill.load.record.ValidityLimits;
import io.tierdrill.model.run.Injection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Sums up what the loops of a run did. Pure, but for a look at the memory in use. */
final class Summary {
    private final List<LoopRun> loops;
    private final Totals totals;
    private final long offered;
    private final long measuredNanos;

    /** @param plannedNanos the measured time as planned */
    private Summary(List<LoopRun> loops, Totals totals, long plannedNanos) {
        this.loops = loops;
        this.totals = totals;
        offered = loops.stream().mapToLong(LoopRun::offered).sum();
        long reached = loops.stream().mapToLong(LoopRun::reached).min().orElseThrow();
        measuredNanos = Math.max(1, Math.min(plannedNanos, reached));
    }

    /**
     * The result.
     *
     * @param plannedNanos the measured time as planned
     * @param prepareNanos processor time spent preparing
     * @param transport what moved the bytes, for people
     */
    static Injection of(
            List<LoopRun> loops,
            Totals totals,
            ValidityLimits limits,
            long plannedNanos,
            long prepareNanos,
            String transport) {
        return new Summary(loops, totals, plannedNanos).injection(limits, prepareNanos, transport);
    }

    private Injection injection(ValidityLimits limits, long prepareNanos, String transport) {
        List<String> reasons = reasons(limits);
        double took = Math.max(measuredNanos, totals.lastDoneNanos() - firstSend()) / 1e9;
        return new Injection(
                totals.requests(),
                totals.responses(),
                totals.errors(),
                offered * 1e9 / measuredNanos,
                totals.responses() / took,
                totals.stretch(),
                measuredNanos / 1e9,
                Totals.quantiles(totals.latency()),
                Totals.quantiles(totals.service()),
                Totals.quantiles(totals.lateness()),
                held(),
                reasons.isEmpty() ? "VALID" : "INVALID",
                reasons,
                Optional.empty(),
                transport,
                generator(prepareNanos),
                events(),
                Optional.empty(),
                Optional.empty());
    }

    /** One thread that was at its limit is enough to spoil a run, so of several the busiest is looked at. */
    private List<String> reasons(ValidityLimits limits) {
        Map<String, Long> ownLimits = new TreeMap<>();
        for (LoopRun loop : loops)
            loop.ownLimits().forEach((limit, count) -> ownLimits.merge(limit.words(), count, Long::sum));
        double busy = loops.stream().mapToDouble(LoopRun::busyShare).max().orElseThrow();
        double waited = loops.stream().mapToDouble(LoopRun::waitedShare).max().orElseThrow();
        List<Histogram> messages =
                loops.stream().flatMap(loop -> loop.messageLateness().stream()).toList();
        return Validity.reasons(limits, totals, messages, offered, measuredNanos, ownLimits, busy, waited);
    }

    private long firstSend() {
        return loops.stream()
                .filter(l -> l.offered() > 0)
                .mapToLong(LoopRun::firstSend)
                .min()
                .orElse(0);
    }

    private Optional<Injection.Quantiles> held() {
        if (totals.held().getTotalCount() == 0) return Optional.empty();
        return Optional.of(Totals.quantiles(totals.held()));
    }

    private Map<String, Long> events() {
        Map<String, Long> events = new TreeMap<>();
        for (LoopRun loop : loops) loop.events().forEach((event, count) -> events.merge(event, count, Long::sum));
        return events;
    }

    private Injection.Generator generator(long prepareNanos) {
        return new Injection.Generator(
                OwnCost.seconds(loops.stream()
                        .filter(l -> l.offered() > 0 || offered == 0)
                        .map(LoopRun::cost)
                        .toList()),
                prepareNanos / 1e9,
                OwnCost.rssBytes(),
                Runtime.getRuntime().availableProcessors(),
                loops.stream().mapToLong(LoopRun::opened).sum(),
                loops.stream().mapToInt(LoopRun::peak).sum());
    }
}
