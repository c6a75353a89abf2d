package io.tierdrill.analysis;

import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Windows;
import io.tierdrill.analysis.page.Plot;
import io.tierdrill.analysis.page.ReportPage.Cell;
import io.tierdrill.analysis.page.ReportPage.Strip;
import io.tierdrill.analysis.page.ReportPage.StripRow;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How full the fullest limit of each tier was, over time: the place to look first when a tier breaks. */
final class BusyStrip {
    private static final int SLOTS = 80;
    private static final double[] LEVELS = {0.25, 0.5, 0.7, 0.85, 0.95};

    private BusyStrip() {}

    static Optional<Strip> of(Facts facts) {
        Windows windows = Windows.forChart(facts.measuredNanos(), SLOTS);
        if (windows.count() == 0 || !facts.telemetry().host().known()) return Optional.empty();
        List<StripRow> rows = new ArrayList<>();
        rows.add(row("injector", facts.telemetry().tier("injector"), windows));
        for (Topology.Node tier : facts.run().topology().tiers())
            rows.add(row(
                    tier.emulated() ? tier.name() + " (emulated)" : tier.name(),
                    facts.telemetry().tier(tier.name()),
                    windows));
        rows.add(row("machine", windows, (from, to) -> facts.telemetry().host().share(from, to)));
        return Optional.of(new Strip(rows, "0 s", Figures.instant(facts.measuredNanos())));
    }

    /** A share of a limit over a span. */
    private interface Fullness {
        double over(long fromNanos, long toNanos);
    }

    private static StripRow row(String name, List<Instance> instances, Windows windows) {
        return row(
                name,
                windows,
                (from, to) -> instances.stream()
                        .mapToDouble(i -> i.fullest(from, to))
                        .max()
                        .orElse(0));
    }

    private static StripRow row(String name, Windows windows, Fullness fullness) {
        List<Cell> cells = new ArrayList<>();
        double width = 1.0 / windows.count();
        double sum = 0;
        for (int i = 0; i < windows.count(); i++) {
            double share = fullness.over(windows.from(i), windows.to(i));
            sum += Math.min(1, share);
            cells.add(new Cell(Plot.thousandth(i * width), Plot.thousandth(width), level(share)));
        }
        return new StripRow(name, cells, Figures.wholePercent(sum / windows.count()));
    }

    private static int level(double share) {
        int level = 0;
        while (level < LEVELS.length && share >= LEVELS[level]) level++;
        return level;
    }
}
