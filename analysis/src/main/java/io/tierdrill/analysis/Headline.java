package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.CapacityFound;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.analysis.finding.Validity;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.run.Injection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decision in one line. */
final class Headline {
    static final String SEPARATOR = "  ·  ";

    /** By how much the utilisation law may be trusted beyond what was tested. */
    private static final double FARTHEST_FORECAST = 1.5;

    private Headline() {}

    /** @param nearest the nearest limit of a stack that is at none */
    static String of(Status status, Facts facts, Validity validity, List<SloLine> slo, Optional<Limit> nearest) {
        return switch (status) {
            case GO -> go(facts, nearest);
            case NO_GO -> noGo(facts, slo);
            case INVALID -> invalid(facts, validity);
            case INCONCLUSIVE -> inconclusive(facts, slo);
        };
    }

    /** Of a search over many runs, which knows more than any of them. */
    static String of(CapacityFound found) {
        String holds = "holds " + Figures.number(found.sloPerSecond()) + " (90 % CI "
                + Figures.number(found.lowPerSecond()) + "–" + Figures.number(found.highPerSecond()) + ")";
        if (found.neededPerSecond().isEmpty()) return holds + " req/s within its promises";
        double needed = found.neededPerSecond().get();
        return "needs " + Figures.rate(needed) + ", " + holds + " within its promises" + SEPARATOR + "margin "
                + signed(found.sloPerSecond() / needed - 1);
    }

    private static String signed(double ratio) {
        return (ratio < 0 ? "−" : "+") + Figures.wholePercent(Math.abs(ratio));
    }

    private static String go(Facts facts, Optional<Limit> nearest) {
        List<String> parts = new ArrayList<>();
        parts.add("held " + Figures.rate(facts.capacity().goodputPerSecond()) + " at p99 " + p99(facts) + " ≤ "
                + promised(facts));
        nearest.ifPresent(limit -> {
            parts.add(margin(limit));
            parts.add("nearest limit " + limit.title() + " at " + Figures.wholePercent(limit.share()));
        });
        return String.join(SEPARATOR, parts);
    }

    /** Forecast no farther than the law may be trusted. */
    private static String margin(Limit limit) {
        double factor = 1 / limit.share();
        if (factor >= FARTHEST_FORECAST)
            return "room for " + Figures.number(FARTHEST_FORECAST) + "× or more (forecast)";
        return "room for about " + Figures.number(factor) + "× (forecast)";
    }

    private static String noGo(Facts facts, List<SloLine> slo) {
        List<String> parts = new ArrayList<>();
        parts.add("needs " + Figures.rate(facts.capacity().neededPerSecond()) + " at p99 ≤ " + promised(facts)
                + ", gives " + Figures.number(facts.capacity().goodputPerSecond()));
        if (isBroken(slo, "p99")) parts.add("p99 " + p99(facts));
        if (isBroken(slo, "errors"))
            parts.add("errors " + Figures.percent(facts.failures().ratio()) + ", allowed "
                    + Figures.percent(facts.objective().errorRatio()));
        for (SloLine line : slo) if (isBroken(List.of(line), "abortOn")) parts.add(line.text());
        return String.join(SEPARATOR, parts);
    }

    private static boolean isBroken(List<SloLine> slo, String name) {
        return slo.stream().anyMatch(l -> l.name().equals(name) && l.outcome() == SloLine.Outcome.BROKEN);
    }

    private static String invalid(Facts facts, Validity validity) {
        String who = validity.culprit().orElse("run");
        double least = facts.capacity().withinSloPerSecond();
        String holds = least > 0 ? "the stack holds at least " + Figures.rate(least) : "nothing is known of the stack";
        return switch (who) {
            case "injector" -> "the injector was the limit; " + holds;
            case "profiler" -> "the stack was not watched; " + holds;
            case "machine" -> "the machine was busy with other things; " + holds;
            default -> holds;
        };
    }

    private static String inconclusive(Facts facts, List<SloLine> slo) {
        List<String> parts = new ArrayList<>();
        for (SloLine line : slo) if (line.outcome() == SloLine.Outcome.UNKNOWN) parts.add(line.text());
        double offered = facts.capacity().offeredPerSecond();
        if (facts.latencies().count() < Injection.Quantiles.NEEDED_FOR_P99 && offered > 0)
            parts.add("run at least "
                    + Figures.count((long) Math.ceil(Injection.Quantiles.NEEDED_FOR_P99 / offered))
                    + " s at this rate");
        return String.join(SEPARATOR, parts);
    }

    private static String p99(Facts facts) {
        if (facts.latencies().count() < Injection.Quantiles.NEEDED_FOR_P99)
            return "above " + Figures.micros(facts.latencies().low(0.99) / 1e3);
        return Figures.micros(facts.latencies().quantile(0.99) / 1e3) + " ("
                + Figures.microsRange(
                        facts.latencies().low(0.99) / 1e3, facts.latencies().high(0.99) / 1e3)
                + ")";
    }

    private static String promised(Facts facts) {
        return Figures.micros(facts.objective().p99Nanos() / 1e3);
    }
}
