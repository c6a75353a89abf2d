package io.tierdrill.model.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** From counts by key to skew: shares of the most frequent and the exponent of a Zipf law. Stateless. */
final class PopularityFit {
    private static final int TOP = 10;
    private static final int FEWEST_KEYS = 10;
    private static final int FEWEST_REQUESTS = 100;
    private static final int MOST_RANKS = 10_000;
    private static final double STEEPEST = 20;

    private PopularityFit() {}

    static TraceStatistics.Popularity of(KeyCounts keys) {
        long[] counts = keys.sortedCounts();
        boolean shares = keys.exact() && counts.length > 0;
        return new TraceStatistics.Popularity(
                keys.distinct(),
                keys.exact(),
                top(keys),
                shares ? share(counts, 0.01) : null,
                shares ? share(counts, 0.1) : null,
                zipf(counts));
    }

    private static List<TraceStatistics.Count> top(KeyCounts keys) {
        return keys.top(TOP).stream().map(e -> count(e, keys.total())).toList();
    }

    private static TraceStatistics.Count count(Map.Entry<String, Long> entry, long total) {
        return new TraceStatistics.Count(entry.getKey(), entry.getValue(), (double) entry.getValue() / total);
    }

    private static double share(long[] descending, double ofKeys) {
        int most = (int) Math.ceil(descending.length * ofKeys);
        return (double) Arrays.stream(descending, 0, most).sum()
                / Arrays.stream(descending).sum();
    }

    /**
     * Maximum likelihood for frequencies proportional to {@code rank^-s} over the ranks fitted: the s at which the law's
     * mean of {@code ln rank} is the one observed. That mean falls as s grows, so bisection finds it. Least squares on a
     * doubly logarithmic plot would be led by the tail (Clauset, Shalizi, Newman, SIAM Review 2009).
     */
    static TraceStatistics.ZipfFit zipf(long[] descending) {
        int ranks = Math.min(descending.length, MOST_RANKS);
        long requests = Arrays.stream(descending, 0, ranks).sum();
        if (ranks < FEWEST_KEYS || requests < FEWEST_REQUESTS) return null;
        double[] logs = new double[ranks];
        double observed = 0;
        for (int i = 0; i < ranks; i++) {
            logs[i] = Math.log(i + 1);
            observed += logs[i] * descending[i] / requests;
        }
        double low = 0;
        double high = STEEPEST;
        while (high - low > 1e-6) {
            double middle = (low + high) / 2;
            if (meanLog(logs, middle) > observed) low = middle;
            else high = middle;
        }
        double exponent = Math.rint(high * 1000) / 1000;
        return new TraceStatistics.ZipfFit(exponent, ranks, "maximum likelihood over the most frequent keys");
    }

    private static double meanLog(double[] logs, double s) {
        double weights = 0;
        double sum = 0;
        for (double log : logs) {
            double weight = Math.exp(-s * log);
            weights += weight;
            sum += weight * log;
        }
        return sum / weights;
    }
}
