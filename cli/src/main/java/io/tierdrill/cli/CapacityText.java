package io.tierdrill.cli;

import io.tierdrill.analysis.FirstScreen;
import io.tierdrill.analysis.capacity.Demand;
import io.tierdrill.analysis.capacity.Forecast;
import io.tierdrill.analysis.capacity.RateInterval;
import io.tierdrill.analysis.capacity.Step;
import io.tierdrill.analysis.capacity.UniversalScalability;
import io.tierdrill.scenarios.capacity.CapacityReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A capacity for people. */
final class CapacityText {
    private static final int MOST_DEMANDS = 4;

    private CapacityText() {}

    /** The first screen, then what a study knows beside it. */
    static List<String> of(CapacityReport report) {
        List<String> lines =
                new ArrayList<>(FirstScreen.text(report.verdict()).lines().toList());
        lines.add(row("SLO CAPACITY", report.slo().map(CapacityText::rate).orElseGet(() -> atLeast(report))));
        report.saturation().ifPresent(s -> lines.add(row("SATURATION", rate(s) + ", however much is asked")));
        report.lost()
                .forEach(l -> lines.add(row(
                        "WITHOUT ONE",
                        l.tier() + " (" + l.instances() + " left): "
                                + l.slo()
                                        .map(s -> "safe " + plain(s.lowPerSecond()) + " req/s (holds " + rate(s) + ")")
                                        .orElse("not found"))));
        if (!report.alone().isEmpty())
            lines.add(row("ALONE", String.join(", ", report.alone()) + ": one instance, nothing without it"));
        report.forecast().ifPresent(f -> lines.add(row("GOAL", goal(f))));
        report.demands().stream().limit(MOST_DEMANDS).forEach(d -> lines.add(row("DEMAND", demand(d))));
        report.scaling().ifPresent(s -> scaling(s, lines));
        report.profiling().ifPresent(p -> lines.add(row("PROFILING COST", p.sentence())));
        lines.add(row(
                "STEPS",
                report.steps().size() + "; a step sees no overload below "
                        + String.format(Locale.ROOT, "%.1f %%", 100 * report.resolution())));
        report.remarks().forEach(r -> lines.add(row("NOTE", r)));
        return lines;
    }

    /** {@code step 7, bisect: 4,180 req/s held, p99 34.1 ms}. */
    static String line(Step s) {
        return String.format(
                Locale.ROOT,
                "step %d, %s: %s req/s %s, %s answered well%s%s",
                s.number(),
                s.purpose().word(),
                plain(s.perSecond()),
                s.outcome().word(),
                plain(s.goodputPerSecond()),
                s.p99Micros()
                        .map(p -> String.format(Locale.ROOT, ", p99 %.1f ms", p / 1e3))
                        .orElse(""),
                s.why().isEmpty() ? "" : ": " + s.why());
    }

    private static String atLeast(CapacityReport report) {
        return report.atLeastPerSecond() > 0
                ? "not found; at least " + plain(report.atLeastPerSecond()) + " req/s hold"
                : "not found; no rate held";
    }

    private static String goal(Forecast f) {
        String what = plain(f.goalPerSecond()) + " req/s (" + Math.round(100 * f.goalPerSecond() / f.peakPerSecond())
                + " % of a peak of " + plain(f.peakPerSecond()) + "): ";
        return what
                + switch (f.answer()) {
                    case HOLDS -> "held";
                    case BREAKS -> "not held";
                    case OPEN -> "open";
                }
                + " (" + f.basis() + ")";
    }

    private static String demand(Demand d) {
        return d.tier() + " " + d.resource() + ": full at " + plain(d.fullAtPerSecond())
                + " req/s by what a request costs at low load (forecast)";
    }

    private static void scaling(CapacityReport.Scaling scaling, List<String> lines) {
        for (CapacityReport.Count c : scaling.counts()) {
            Optional<UniversalScalability.Point> fitted = scaling.law().stream()
                    .flatMap(l -> l.points().stream())
                    .filter(p -> p.instances() == c.instances())
                    .findFirst();
            lines.add(row(
                    "SCALING",
                    scaling.tier() + " x " + c.instances() + ": "
                            + c.slo().map(CapacityText::rate).orElse("not found")
                            + fitted.map(p -> String.format(
                                            Locale.ROOT,
                                            ", by the law %s (%+.1f %%)",
                                            plain(p.fittedPerSecond()),
                                            100 * p.residual()))
                                    .orElse("")));
        }
        scaling.law().ifPresent(law -> lines.add(row("SCALING", law(law))));
    }

    private static String law(UniversalScalability law) {
        String shape = String.format(
                Locale.ROOT,
                "Universal Scalability Law: %s req/s an instance, %.2f %% serial, %.4f %% crosstalk",
                plain(law.perInstance()),
                100 * law.serial(),
                100 * law.crosstalk());
        return shape
                + law.best()
                        .map(n -> ", best at " + Math.round(n) + " instances")
                        .orElse(", no best count in sight")
                + "; " + law.words();
    }

    private static String rate(RateInterval r) {
        return plain(r.perSecond()) + " req/s (90 % CI " + plain(r.lowPerSecond()) + "–" + plain(r.highPerSecond())
                + ")";
    }

    private static String plain(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
    }

    private static String row(String label, String text) {
        return String.format("%-15s%s", label, text);
    }
}
