package io.tierdrill.analysis;

import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.page.Plot;
import io.tierdrill.analysis.page.Scale;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.analysis.stats.Sorted;
import io.tierdrill.analysis.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Latency by percentile, the tail stretched by {@code 1 / (1 - percentile)} as HdrHistogram's plots do: the honest
 * picture of a tail. Drawn as far as ten requests stand behind it.
 */
final class LatencySpectrum {
    private static final int POINTS = 160;
    private static final int FEWEST_BEHIND = 10;

    private LatencySpectrum() {}

    static Optional<Plot> of(Facts facts) {
        int n = facts.latencies().count();
        if (n < 100 * FEWEST_BEHIND) return Optional.empty();
        Sorted service = service(facts.run().requests());
        double least =
                Math.max(1, Math.min(service.quantile(0.0001), facts.latencies().quantile(0.0001)) / 1e3);
        double limit = facts.objective().p99Nanos() / 1e3;
        double most = Math.max(limit, facts.latencies().quantile(1.0 - (double) FEWEST_BEHIND / n) / 1e3);
        Scale x = Scale.rarity((double) n / FEWEST_BEHIND);
        double[] stretch = stretches((double) n / FEWEST_BEHIND);
        return Optional.of(
                new Plot.Builder("latency-spectrum", "Latency by percentile", x, Scale.logarithmic(least, most))
                        .labels(LatencySpectrum::percentile, Figures::micros)
                        .line("p50", "from the send", stretch, micros(service, stretch))
                        .line("p99", "from the due time", stretch, micros(facts.latencies(), stretch))
                        .threshold(limit, "promised p99 " + Figures.micros(limit))
                        .note("Where the lines part, requests were sent late. Both axes are logarithmic.")
                        .build());
    }

    private static Sorted service(Requests requests) {
        long[] nanos = new long[requests.count()];
        for (int i = 0; i < nanos.length; i++) nanos[i] = requests.serviceNanos(i);
        return Sorted.of(nanos);
    }

    private static double[] stretches(double most) {
        double[] stretches = new double[POINTS];
        for (int i = 0; i < POINTS; i++) stretches[i] = Math.pow(most, i / (POINTS - 1.0));
        return stretches;
    }

    private static double[] micros(Sorted sorted, double[] stretches) {
        double[] micros = new double[stretches.length];
        for (int i = 0; i < micros.length; i++) micros[i] = Math.max(1, sorted.quantile(1 - 1 / stretches[i]) / 1e3);
        return micros;
    }

    /** {@code 99.9 %} for a stretch of 1,000. */
    private static String percentile(double stretch) {
        double percent = 100 * (1 - 1 / stretch);
        return new BigDecimal(percent)
                        .setScale(6, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
