package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Capacity;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.ResourceUse;
import io.tierdrill.analysis.stats.Trend;
import io.tierdrill.analysis.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Was the stack at any limit? Where this has no answer, no tier is called a bottleneck. */
public final class SaturationRule {
    private static final double HELD = 0.99;
    private static final long SECOND = 1_000_000_000L;

    private static final String RATE = "rate";

    private SaturationRule() {}

    /** The reasons why the stack counts as saturated; none where it does not. */
    public static List<String> ask(Facts facts, List<SloLine> slo) {
        List<String> reasons = new ArrayList<>();
        shortfall(facts.capacity(), slo).ifPresent(reasons::add);
        pileUp(facts).ifPresent(reasons::add);
        slo.stream()
                .filter(l -> isBroken(l) && !l.name().equals(RATE))
                .forEach(l -> reasons.add("broken promise: " + l.text()));
        facts.telemetry().uses().stream()
                .filter(u -> u.saturated() && u.drops() > 0)
                .forEach(u -> reasons.add(refused(u)));
        return reasons;
    }

    private static Optional<String> shortfall(Capacity capacity, List<SloLine> slo) {
        if (capacity.goodputPerSecond() < HELD * capacity.offeredPerSecond())
            return Optional.of("only " + Figures.percent(capacity.goodputPerSecond() / capacity.offeredPerSecond())
                    + " of what was offered was answered well and in time");
        return slo.stream()
                .filter(l -> isBroken(l) && l.name().equals(RATE))
                .findFirst()
                .map(l -> "broken promise: " + l.text());
    }

    private static boolean isBroken(SloLine line) {
        return line.outcome() == SloLine.Outcome.BROKEN;
    }

    private static String refused(ResourceUse use) {
        return use.instance() + " refused " + Figures.count(use.drops()) + " for want of " + use.name();
    }

    /** Requests in flight that rise through the run by more than one in a hundred of what arrives. */
    private static Optional<String> pileUp(Facts facts) {
        Trend trend = Trend.of(inFlight(facts.run().requests(), facts.measuredNanos()));
        double offered = facts.capacity().offeredPerSecond();
        if (!trend.rises() || trend.slopePerStep() < (1 - HELD) * offered) return Optional.empty();
        return Optional.of("requests in flight rise by " + Figures.number(trend.slopePerStep()) + " every second, "
                + Figures.percent(trend.slopePerStep() / offered) + " of those that arrive");
    }

    /** Requests due and not done, at the end of every second of the measured time. */
    static double[] inFlight(Requests requests, long measuredNanos) {
        int n = (int) (measuredNanos / SECOND);
        double[] change = new double[n + 1];
        for (int i = 0; i < requests.count(); i++) {
            change[(int) Math.min(n, requests.dueNanos(i) / SECOND)]++;
            change[(int) Math.min(n, requests.doneNanos(i) / SECOND)]--;
        }
        double[] inFlight = new double[n];
        double now = 0;
        for (int s = 0; s < n; s++) inFlight[s] = now += change[s];
        return inFlight;
    }
}
