package io.tierdrill.load.live;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The 99th percentile of the latest second, or of as many seconds as it takes to have enough in them. One thread adds,
 * any thread reads.
 */
final class Recent {
    private static final long NEEDED = 100;

    private Optional<Histogram> open = Optional.empty();
    private volatile Optional<Double> p99Micros = Optional.empty();

    void add(Histogram second) {
        if (second.getTotalCount() == 0) return;
        if (open.isEmpty()) open = Optional.of(new Histogram(second));
        Histogram sum = open.get();
        sum.add(second);
        if (sum.getTotalCount() < NEEDED) return;
        p99Micros = Optional.of(sum.getValueAtPercentile(99) / 1e3);
        sum.reset();
    }

    Optional<Double> p99Micros() {
        return p99Micros;
    }
}
