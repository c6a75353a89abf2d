package io.tierdrill.analysis;

import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Windows;
import io.tierdrill.analysis.page.Plot;
import io.tierdrill.analysis.page.ReportPage.Event;
import io.tierdrill.analysis.page.Scale;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** The charts of the report, with as many points as an eye can tell apart. */
final class ReportCharts {
    private static final int POINTS = 120;
    private static final int MOST_MARKS = 20;

    private final Facts facts;
    private final Windows windows;
    private final Scale time;

    ReportCharts(Facts facts) {
        this.facts = facts;
        this.windows = Windows.forChart(facts.measuredNanos(), POINTS);
        this.time = Scale.exactly(Math.max(1e-3, facts.measuredNanos() / 1e9));
    }

    /** Rate and latency over time, with what happened. */
    List<Plot> course() {
        if (facts.run().requests().count() == 0) return List.of();
        CourseOfRun course = new CourseOfRun(facts);
        List<Plot> plots = new ArrayList<>();
        for (Plot.Builder plot : List.of(course.rate(time), course.latency(time))) {
            List<RunEvent> shown = shownEvents();
            for (int i = 0; i < shown.size(); i++)
                plot.mark(Math.max(0, shown.get(i).atNanos()) / 1e9, mark(i));
            plots.add(plot.build());
        }
        return plots;
    }

    /** Starts and stops before the measured time are the rule and say nothing. */
    private List<RunEvent> shownEvents() {
        return facts.run().events().stream()
                .filter(e -> e.atNanos() >= 0 && e.atNanos() <= facts.measuredNanos())
                .limit(MOST_MARKS)
                .toList();
    }

    List<Event> events() {
        List<RunEvent> shown = shownEvents();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            RunEvent e = shown.get(i);
            events.add(new Event(
                    mark(i), Figures.instant(e.atNanos()), e.kind() + " " + e.subject() + ": " + e.message()));
        }
        return events;
    }

    private static String mark(int i) {
        return String.valueOf((char) ('A' + i));
    }

    Optional<Plot> spectrum() {
        return LatencySpectrum.of(facts);
    }

    List<Plot> cpu() {
        Scale share = new Scale(0, 1.05, false, List.of(0.0, 0.5, 1.0));
        return multiples(
                "cpu", share, Figures::wholePercent, (i, from, to) -> i.cpu().busiestRate(from, to));
    }

    List<Plot> memory() {
        double most = facts.telemetry().all().stream()
                .mapToDouble(i -> i.cpu().rss().max())
                .max()
                .orElse(0);
        if (most == 0) return List.of();
        Scale mebibytes = Scale.fromZero(most / (1 << 20), 3);
        return multiples(
                "memory",
                mebibytes,
                m -> m == 0 ? "0" : Figures.number(m) + " MiB",
                (i, from, to) -> i.cpu().rss().maxWithin(from, to) / (1 << 20));
    }

    /** A figure of one instance over a span. */
    private interface Reading {
        double of(Instance instance, long fromNanos, long toNanos);
    }

    /** One small chart a tier, a line an instance, all on the same scale. */
    private List<Plot> multiples(String name, Scale y, DoubleFunction<String> label, Reading reading) {
        List<Plot> plots = new ArrayList<>();
        multiple(name, "injector", "injector", y, label, reading).ifPresent(plots::add);
        for (Topology.Node tier : facts.run().topology().tiers())
            multiple(name, tier.name(), tier.kind().word(), y, label, reading).ifPresent(plots::add);
        return plots;
    }

    private Optional<Plot> multiple(
            String name, String tier, String look, Scale y, DoubleFunction<String> label, Reading reading) {
        List<Instance> instances =
                facts.telemetry().tier(tier).stream().filter(Instance::hasCpu).toList();
        if (instances.isEmpty() || windows.count() == 0) return Optional.empty();
        String title = instances.size() == 1 ? tier : tier + ", " + instances.size() + " instances";
        Plot.Builder plot =
                new Plot.Builder(name + "-" + tier, title, time, y).small().labels(Figures.seconds(), label);
        double[] xs = new double[windows.count()];
        for (int w = 0; w < xs.length; w++) xs[w] = (windows.from(w) + windows.to(w)) / 2e9;
        for (Instance instance : instances) {
            double[] ys = new double[xs.length];
            for (int w = 0; w < ys.length; w++) ys[w] = reading.of(instance, windows.from(w), windows.to(w));
            plot.line(look, "", xs, ys);
        }
        return Optional.of(plot.build());
    }
}
