package io.tierdrill.analysis.score;

import io.tierdrill.analysis.stats.ExactBounds;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * So many of so many, with the 95 % interval of Clopper and Pearson.
 *
 * @param low and {@code high}: the true share lies between them
 * @param oneSidedHigh the true share is below this with 95 % certainty
 */
public record Share(long hits, long total, double low, double high, double oneSidedHigh) {
    static Share of(long hits, long total) {
        ExactBounds bounds = ExactBounds.of(hits, total);
        return new Share(hits, total, bounds.low(), bounds.high(), ExactBounds.oneSidedHigh(hits, total));
    }

    static <T> Share of(Collection<T> all, Predicate<T> hit) {
        return of(all.stream().filter(hit).count(), all.size());
    }

    public double ratio() {
        return total == 0 ? 0 : (double) hits / total;
    }
}
