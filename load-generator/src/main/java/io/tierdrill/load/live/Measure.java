package io.tierdrill.load.live;

import io.tierdrill.load.record.Second;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * What an abort rule looks at.
 *
 * @param word as written: {@code p99}, {@code lateness.max}, {@code errors}
 * @param unit of the limit
 * @param quantile of a histogram, 1 for the largest; empty for the mean and for what is no histogram
 * @param of which histogram; empty for errors, rate and in flight
 */
record Measure(String word, Unit unit, Optional<Double> quantile, Optional<Source> of) {
    /** How a limit is written. */
    enum Unit {
        DURATION("a duration with a unit, such as 250ms"),
        SHARE("a share such as 1% or 0.01, above 0% and below 100%"),
        RATE("a rate such as 900/s"),
        COUNT("a whole number such as 5000");

        private final String allowed;

        Unit(String allowed) {
            this.allowed = allowed;
        }

        String allowed() {
            return allowed;
        }
    }

    /** A histogram of a second. */
    enum Source {
        LATENCY(Second::latency),
        SERVICE(Second::service),
        LATENESS(Second::lateness),
        HELD(Second::held);

        private final Function<Second, Histogram> histogram;

        Source(Function<Second, Histogram> histogram) {
            this.histogram = histogram;
        }

        Histogram in(Second second) {
            return histogram.apply(second);
        }
    }

    static Measure plain(String word, Unit unit) {
        return new Measure(word, unit, Optional.empty(), Optional.empty());
    }

    static Measure ofHistogram(String word, Source source, Optional<Double> quantile) {
        return new Measure(word, Unit.DURATION, quantile, Optional.of(source));
    }

    boolean isMean() {
        return of.isPresent() && quantile.isEmpty();
    }
}
