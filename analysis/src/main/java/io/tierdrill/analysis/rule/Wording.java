package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.observed.ResourceUse;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.TierKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a limit is put into words: what it is, why it is blamed, what to change. */
final class Wording {
    private static final double HEADROOM = 1.2;
    private static final double LEAST_FACTOR = 1.25;
    private static final double MOST_FACTOR = 20;
    private static final double STARVED = 0.05;

    private Wording() {}

    /** {@code service concurrency, limit 4 (scenario.yaml:41  stack.service.concurrency)}. */
    static String title(TierLimit limit, Facts facts) {
        if (limit.isCpu()) return limit.words() + ", one traffic thread an instance";
        if (limit.is(ResourceUse.RECEIVE_BUFFER)) return limit.words() + " of its UDP socket";
        if (limit.is(ResourceUse.CPU_QUOTA))
            return limit.words() + ", " + processors(limit.hottest().capacity()) + " an instance";
        String head =
                limit.words() + ", limit " + Figures.number(limit.hottest().capacity());
        Optional<String> setting = limit.setting();
        if (setting.isEmpty()) return head;
        String place = facts.place(setting.get()).map(p -> p + "  ").orElse("");
        return head + " (" + place + setting.get() + ")";
    }

    /** How full it was, and who waited for it or was refused. */
    static List<String> signals(TierLimit limit, Facts facts) {
        List<String> signals = new ArrayList<>();
        ResourceUse hottest = limit.hottest();
        if (limit.fullest() > 0) signals.add(full(limit, hottest));
        else if (!limit.is(ResourceUse.RECEIVE_BUFFER))
            signals.add(Figures.number(hottest.usedMax()) + " of " + Figures.number(hottest.capacity())
                    + " taken at the most in " + hottest.instance());
        starved(limit, facts).ifPresent(signals::add);
        if (limit.is(ResourceUse.CPU_QUOTA)) throttled(limit, facts).ifPresent(signals::add);
        if (limit.is(ResourceUse.RECEIVE_BUFFER))
            signals.add(Figures.count(limit.drops()) + " datagrams dropped at its socket");
        else if (limit.drops() > 0) signals.add(Figures.count(limit.drops()) + " refused because of it");
        if (limit.waiters() >= 0.05)
            signals.add(Figures.number(limit.waiters()) + (limit.isCpu() ? " requests queued" : " requests waiting")
                    + " on average");
        return signals;
    }

    /** The scheduler's own account of a thread that wanted to run and could not: a witness beside the running time. */
    private static Optional<String> starved(TierLimit limit, Facts facts) {
        if (!limit.isCpu()) return Optional.empty();
        return facts.telemetry()
                .of(limit.hottest().instance())
                .map(i -> i.cpu().ready(0, facts.measuredNanos()))
                .filter(ready -> ready >= limit.share() + STARVED)
                .map(ready -> "with its waits for a processor " + Figures.wholePercent(ready));
    }

    /** How long its threads were stopped, which the other figure does not depend on. */
    private static Optional<String> throttled(TierLimit limit, Facts facts) {
        return facts.telemetry()
                .of(limit.hottest().instance())
                .map(i -> i.signals().growth(Signal.QUOTA_THROTTLED_SECONDS, 0, facts.measuredNanos()))
                .filter(seconds -> seconds > 0)
                .map(seconds ->
                        "its threads were stopped for " + Figures.number(seconds) + " s together, while it used "
                                + processors(limit.hottest().usedMean()));
    }

    static String processors(double count) {
        return Figures.number(count) + (count == 1 ? " processor" : " processors");
    }

    private static String full(TierLimit limit, ResourceUse hottest) {
        if (limit.is(ResourceUse.CPU_QUOTA))
            return "stopped by its quota in most periods of " + Figures.wholePercent(limit.fullest()) + " of windows"
                    + whose(limit);
        String windows = Figures.wholePercent(limit.fullest()) + " of windows" + whose(limit);
        if (limit.isCpu())
            return "its busiest thread runs " + Figures.wholePercent(hottest.share()) + " of the time, full in "
                    + windows;
        return "all " + Figures.number(hottest.capacity()) + " taken in " + windows;
    }

    private static String whose(TierLimit limit) {
        if (limit.uses().size() == 1) return "";
        List<ResourceUse> full = limit.full();
        String only = full.size() == 1 ? ": " + full.get(0).instance() : "";
        return " (" + full.size() + " of " + limit.uses().size() + " instances" + only + ")";
    }

    /** What to write instead, with a number that should hold what was needed and a fifth more. */
    static String change(TierLimit limit, Facts facts) {
        double factor = factor(limit.tier(), facts);
        if (limit.isCpu()) return moreInstances(limit, facts, factor);
        if (limit.is(ResourceUse.RECEIVE_BUFFER))
            return "a larger receive buffer for " + limit.tier() + " (net.core.rmem_default), or more instances of it";
        if (limit.is(ResourceUse.CPU_QUOTA))
            return "CPU quota of " + limit.tier() + ": "
                    + Figures.number(limit.hottest().capacity()) + " → "
                    + processors(tenths(limit.hottest().capacity() * factor)) + " an instance";
        long from = Math.round(limit.hottest().capacity());
        long to = (long) Math.ceil(limit.hottest().capacity() * factor);
        return limit.setting().orElse("the limit of " + limit.words()) + ": " + Figures.count(from) + " → "
                + Figures.count(to);
    }

    /** Upwards. */
    private static double tenths(double value) {
        return Math.ceil(value * 10) / 10;
    }

    private static String moreInstances(TierLimit limit, Facts facts, double factor) {
        int now = facts.instances(limit.tier());
        String text = "stack." + limit.tier() + ".instances: " + now + " → " + (int) Math.ceil(now * factor);
        Flow.Totals totals = facts.telemetry().totals(limit.tier());
        if (totals.completions() < 1) return text;
        return text + ", or make a request cheaper: it costs "
                + Figures.micros(cpuSeconds(limit.tier(), facts) / totals.completions() * 1e6) + " of CPU there";
    }

    /** Processor time of a tier within the measured time. */
    static double cpuSeconds(String tier, Facts facts) {
        return facts.telemetry().tier(tier).stream()
                .mapToDouble(i -> i.cpu().rate(0, facts.measuredNanos()) * facts.measuredNanos() / 1e9)
                .sum();
    }

    /**
     * What was needed over what came out, and some headroom. Where answers came too late to count, what the tier
     * itself finished is the better measure.
     */
    private static double factor(String tier, Facts facts) {
        double needed =
                Math.max(facts.capacity().neededPerSecond(), facts.capacity().offeredPerSecond());
        double out = Math.max(facts.capacity().goodputPerSecond(), finished(tier, facts));
        double factor = out <= 0 ? MOST_FACTOR : HEADROOM * needed / out;
        return Math.max(LEAST_FACTOR, Math.min(MOST_FACTOR, factor));
    }

    /** Requests a second; tiers that count connections say nothing of that. */
    private static double finished(String tier, Facts facts) {
        boolean requests = facts.run()
                .topology()
                .tier(tier)
                .map(t -> t.kind() == TierKind.L7 || t.kind() == TierKind.SERVICE)
                .orElse(false);
        Flow.Totals totals = facts.telemetry().totals(tier);
        return requests ? (totals.completions() - totals.errors()) / (facts.measuredNanos() / 1e9) : 0;
    }
}
