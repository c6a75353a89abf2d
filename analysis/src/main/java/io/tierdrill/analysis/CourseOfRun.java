package io.tierdrill.analysis;

import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.Windows;
import io.tierdrill.analysis.page.Plot;
import io.tierdrill.analysis.page.Scale;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.analysis.stats.Sorted;
import io.tierdrill.analysis.text.Figures;
import java.util.Arrays;

/** What was asked, what was answered and how slowly, over time. */
final class CourseOfRun {
    private static final int POINTS = 120;

    /** Below this many requests the slowest in a hundred is an accident. */
    private static final int FEWEST = 100;

    private final Facts facts;
    private final Windows windows;
    private final double[] middle;
    private final double[] offered;
    private final double[] good;
    private final double[] failed;

    CourseOfRun(Facts facts) {
        this.facts = facts;
        this.windows = new Windows(facts.measuredNanos(), Math.max(1_000_000_000L, facts.measuredNanos() / POINTS));
        int n = windows.count();
        middle = new double[n];
        offered = new double[n];
        good = new double[n];
        failed = new double[n];
        for (int w = 0; w < n; w++) middle[w] = (windows.from(w) + windows.to(w)) / 2e9;
        count(facts.run().requests());
    }

    private void count(Requests requests) {
        double one = 1 / windows.seconds();
        for (int i = 0; i < requests.count(); i++) {
            add(offered, requests.dueNanos(i), one);
            add(requests.failed(i) ? failed : good, requests.doneNanos(i), one);
        }
    }

    private void add(double[] series, long atNanos, double amount) {
        int w = (int) (atNanos / windows.widthNanos());
        if (w < series.length) series[w] += amount;
    }

    Plot.Builder rate(Scale time) {
        double most = Math.max(max(offered), Math.max(max(good), max(failed)));
        Plot.Builder plot = new Plot.Builder("rate", "Requests a second", time, Scale.fromZero(most))
                .labels(Figures.seconds(), Figures::number)
                .area("offered", "due", middle, offered)
                .line("good", "answered well", middle, good);
        if (max(failed) > 0) plot.line("failed", "failed", middle, failed);
        return plot;
    }

    Plot.Builder latency(Scale time) {
        double[] p50 = new double[windows.count()];
        double[] p99 = new double[windows.count()];
        long[][] byWindow = latencies();
        for (int w = 0; w < p50.length; w++) {
            Sorted sorted = Sorted.of(byWindow[w]);
            p50[w] = sorted.count() == 0 ? Double.NaN : sorted.quantile(0.5) / 1e3;
            p99[w] = sorted.count() < FEWEST ? Double.NaN : sorted.quantile(0.99) / 1e3;
        }
        double limit = facts.objective().p99Nanos() / 1e3;
        double most = Math.max(1.05 * limit, Math.max(max(p50), max(p99)));
        String each = windows.seconds() == 1 ? "second" : Figures.number(windows.seconds()) + " s";
        return new Plot.Builder("latency", "Latency by due time", time, Scale.fromZero(most))
                .labels(Figures.seconds(), m -> m == 0 ? "0" : Figures.micros(m))
                .line("p50", "median", middle, p50)
                .line("p99", "slowest 1 in 100", middle, p99)
                .threshold(limit, "promised p99 " + Figures.micros(limit))
                .note("Each point is one " + each + ": read the shape; the p99 that counts is that of the whole run.");
    }

    private long[][] latencies() {
        Requests requests = facts.run().requests();
        int[] size = new int[windows.count()];
        long[][] latencies = new long[size.length][16];
        for (int i = 0; i < requests.count(); i++) {
            int w = (int) (requests.dueNanos(i) / windows.widthNanos());
            if (w >= size.length) continue;
            if (size[w] == latencies[w].length) latencies[w] = Arrays.copyOf(latencies[w], size[w] * 2);
            latencies[w][size[w]++] = requests.latencyNanos(i);
        }
        for (int w = 0; w < size.length; w++) latencies[w] = Arrays.copyOf(latencies[w], size[w]);
        return latencies;
    }

    private static double max(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }
}
