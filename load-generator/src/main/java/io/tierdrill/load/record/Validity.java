package io.tierdrill.load.record;

import io.tierdrill.model.run.Injection.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Whether the injector did what it was told. When it did not, its figures are about itself and not about the stack.
 * Pure.
 */
public final class Validity {
    private static final double WORTH_SAYING = 0.01;
    private static final String REQUESTS = "requests";
    private static final String MESSAGES = "messages on WebSockets";

    private final ValidityLimits limits;
    private final List<String> reasons = new ArrayList<>();

    private Validity(ValidityLimits limits) {
        this.limits = limits;
    }

    /**
     * What was broken, a sentence each with the figure and the limit; empty when nothing was.
     *
     * @param messages how late messages on WebSockets went, of each loop that sent any
     * @param offered requests that were due
     * @param plannedNanos the measured time as planned
     * @param ownLimits sentences' ends by how many requests they befell
     * @param busyShare share of its thread's time spent working
     * @param waitedShare share of its thread's time in which it was ready to run and others had the processors; breaks
     *     nothing by itself, and explains what is broken
     */
    public static List<String> reasons(
            ValidityLimits limits,
            Totals totals,
            List<Histogram> messages,
            long offered,
            long plannedNanos,
            Map<String, Long> ownLimits,
            double busyShare,
            double waitedShare) {
        Validity validity = new Validity(limits);
        if (offered == 0) validity.reasons.add("No request was due in the measured time.");
        validity.checkLateness(REQUESTS, totals.lateness(), totals);
        for (Histogram each : messages) validity.checkLateness(MESSAGES, each, totals);
        validity.checkRate(totals, offered, plannedNanos);
        ownLimits.forEach(validity::addOwnLimit);
        validity.checkBusy(busyShare);
        validity.explain(waitedShare);
        return List.copyOf(validity.reasons);
    }

    /**
     * The same limit for requests and for messages on WebSockets: one loop sends both.
     *
     * @param what was sent, in the plural
     */
    private void checkLateness(String what, Histogram lateness, Totals totals) {
        if (lateness.getTotalCount() == 0) return;
        double share = limits.latenessShareOfMedian() * totals.latency().getValueAtPercentile(50) / 1e3;
        double limit = Math.max(limits.latenessFloorMicros(), share);
        if (lateness.getTotalCount() < Quantiles.NEEDED_FOR_P99) countLate(what, lateness, limit);
        else checkP99(what, lateness, limit);
    }

    private void checkP99(String what, Histogram lateness, double limit) {
        double late = lateness.getValueAtPercentile(99) / 1e3;
        if (late > limit)
            add(
                    "The injector sent %slate: lateness p99 was %.0f us, limit %.0f us (the more of %.0f us and %.0f %% of"
                            + " the median latency).",
                    what.equals(REQUESTS) ? "" : what + " ",
                    late,
                    limit,
                    limits.latenessFloorMicros(),
                    100 * limits.latenessShareOfMedian());
    }

    /** No p99 stands on so few; those that were late are known all the same. */
    private void countLate(String what, Histogram lateness, double limit) {
        long all = lateness.getTotalCount();
        long late = all - lateness.getCountBetweenValues(0, (long) (limit * 1e3));
        long allowed = LateAllowance.of(all);
        if (late > allowed)
            add(
                    "The injector sent late: %,d of %,d %s by more than %.0f us (the more of %.0f us and %.0f %% of"
                            + " the median latency), limit %,d (what one in a hundred comes to by chance).",
                    late,
                    all,
                    what,
                    limit,
                    limits.latenessFloorMicros(),
                    100 * limits.latenessShareOfMedian(),
                    allowed);
    }

    private void checkRate(Totals totals, long offered, long plannedNanos) {
        if (offered == 0 || plannedNanos <= 0) return;
        double took = Math.max(plannedNanos, totals.lastSentNanos());
        double share = totals.sends() / (double) offered * plannedNanos / took;
        if (share < limits.sentShare())
            add(
                    "The injector did not keep the rate: it sent %.1f a second of %.1f offered, %.2f %%, limit %.2f %%.",
                    totals.sends() / took * 1e9, offered * 1e9 / plannedNanos, 100 * share, 100 * limits.sentShare());
    }

    private void addOwnLimit(String words, long count) {
        add("%d %s %s, limit 0.", count, count == 1 ? "request" : "requests", words);
    }

    private void checkBusy(double busyShare) {
        if (busyShare > limits.busyShare())
            add(
                    "The injector's thread was the limit: it worked %.0f %% of the time, limit %.0f %%.",
                    100 * busyShare, 100 * limits.busyShare());
    }

    private void explain(double waitedShare) {
        if (!reasons.isEmpty() && waitedShare >= WORTH_SAYING)
            add(
                    "The injector was short of processor: for %.0f %% of the time it was ready to run and others had it.",
                    100 * waitedShare);
    }

    private void add(String form, Object... values) {
        reasons.add(String.format(Locale.ROOT, form, values));
    }
}
