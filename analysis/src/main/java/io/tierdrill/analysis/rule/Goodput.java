package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Capacity;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.RunData;
import io.tierdrill.analysis.stats.Sorted;
import io.tierdrill.analysis.text.Figures;
import java.util.Arrays;

/**
 * The rates of a run. A good answer counts when it came before the end of the measured time plus the time an unhurried
 * answer takes (p90 of the first tenth of the run, at most the latency promise): without that allowance a short run of
 * slow requests would always miss its last ones.
 */
final class Goodput {
    private static final double UNHURRIED = 0.9;

    private Goodput() {}

    static Capacity of(RunData run) {
        Requests requests = run.requests();
        double seconds = run.measuredNanos() / 1e9;
        long end = run.measuredNanos() + allowance(run);
        long good = 0;
        long within = 0;
        for (int i = 0; i < requests.count(); i++) {
            if (requests.failed(i)) continue;
            if (requests.doneNanos(i) <= end) good++;
            if (requests.serviceNanos(i) <= run.objective().p99Nanos()) within++;
        }
        double offered = requests.count() / seconds;
        return new Capacity(
                Figures.rounded(run.objective().ratePerSecond().orElse(offered)),
                Figures.rounded(offered),
                Figures.rounded(good / seconds),
                Figures.rounded(within / seconds));
    }

    private static long allowance(RunData run) {
        Requests requests = run.requests();
        long[] early = new long[requests.count()];
        int n = 0;
        for (int i = 0; i < requests.count(); i++)
            if (requests.dueNanos(i) < run.measuredNanos() / 10) early[n++] = requests.latencyNanos(i);
        if (n == 0) return 0;
        return Math.min(
                run.objective().p99Nanos(), Sorted.of(Arrays.copyOf(early, n)).quantile(UNHURRIED));
    }
}
