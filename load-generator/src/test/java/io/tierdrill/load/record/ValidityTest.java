package io.tierdrill.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.run.Injection.Quantiles;
import io.tierdrill.model.sample.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ValidityTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private static Histogram filled(long count, long value) {
        Histogram h = new Histogram(3_600 * SECOND, 3);
        if (count > 0) h.recordValueWithCount(value, count);
        return h;
    }

    private static Totals totals(long sends, long lastSent, long latency, long lateness) {
        return new Totals(
                sends,
                sends,
                new long[Outcome.values().length],
                sends,
                0,
                10 * SECOND,
                lastSent,
                lastSent,
                filled(sends, latency),
                filled(sends, latency),
                filled(sends, lateness),
                filled(0, 0));
    }

    private static List<String> reasons(Totals totals, long offered, Map<String, Long> own, double busy) {
        return Validity.reasons(ValidityLimits.defaults(), totals, offered, 10 * SECOND, own, busy, 0);
    }

    @Test
    void allowsTheLatenessThatMovesNoDecisionAboutAPromise() {
        ValidityLimits strict = ValidityLimits.defaults();

        assertThat(strict.forPromise(Duration.ofMillis(250)).latenessFloorMicros())
                .isEqualTo(5_000);
        assertThat(strict.forPromise(Duration.ofMillis(20))).isEqualTo(strict);
    }

    @Test
    void namesAProcessorThatOthersHadWhereThatBrokeSomething() {
        Totals late = totals(5_000, 10 * SECOND, 2 * MILLI, 5 * MILLI);
        List<String> reasons =
                Validity.reasons(ValidityLimits.defaults(), late, 5_000, 10 * SECOND, Map.of(), 0.1, 0.42);
        assertThat(reasons).hasSize(2);
        assertThat(reasons.get(1))
                .isEqualTo(
                        "The injector was short of processor: for 42 % of the time it was ready to run and others had"
                                + " it.");

        Totals onTime = totals(5_000, 10 * SECOND, 2 * MILLI, MILLI / 10);
        assertThat(Validity.reasons(ValidityLimits.defaults(), onTime, 5_000, 10 * SECOND, Map.of(), 0.1, 0.42))
                .as("where nothing is broken there is nothing to explain")
                .isEmpty();
    }

    @Test
    void findsNothingWrongWithARunOnTime() {
        assertThat(reasons(totals(5_000, 10 * SECOND, 2 * MILLI, MILLI / 10), 5_000, Map.of(), 0.5))
                .isEmpty();
    }

    @Test
    void allowsAMillisecondOrTheTwentiethPartOfTheMedian() {
        // A histogram keeps three digits: stay a hundredth away from the limit.
        assertThat(reasons(totals(5_000, 10 * SECOND, 100 * MILLI, 4_900_000), 5_000, Map.of(), 0))
                .isEmpty();
        assertThat(reasons(totals(5_000, 10 * SECOND, 100 * MILLI, 5_200_000), 5_000, Map.of(), 0))
                .containsExactly("The injector sent late: lateness p99 was 5202 us, limit 5000 us (the more of 1000 us"
                        + " and 5 % of the median latency).");
    }

    @Test
    void wantsTheRateKept() {
        assertThat(reasons(totals(4_980, 10 * SECOND, MILLI, 0), 5_000, Map.of(), 0))
                .isEmpty();
        assertThat(reasons(totals(5_000, 11 * SECOND, MILLI, 0), 5_000, Map.of(), 0))
                .containsExactly("The injector did not keep the rate: it sent 454.5 a second of 500.0 offered, 90.91 %,"
                        + " limit 99.50 %.");
    }

    @Test
    void namesItsOwnLimitsAndItsThread() {
        assertThat(reasons(totals(5_000, 10 * SECOND, MILLI, 0), 5_000, Map.of("found no free local port", 3L), 0.95))
                .containsExactly(
                        "3 requests found no free local port, limit 0.",
                        "The injector's thread was the limit: it worked 95 % of the time, limit 90 %.");
    }

    @Test
    void nothingDueIsNothingMeasured() {
        assertThat(reasons(totals(0, 0, 0, 0), 0, Map.of(), 0))
                .containsExactly("No request was due in the measured time.");
    }

    @Test
    void printsNoQuantileOnTooFewSamples() {
        Quantiles few = Totals.quantiles(filled(2_999, MILLI));
        assertThat(few.p99Micros()).isNull();
        assertThat(few.p90Micros()).isNotNull();
        Quantiles enough = Totals.quantiles(filled(3_000, MILLI));
        assertThat(enough.p99Micros()).isBetween(999.0, 1001.0);
        assertThat(enough.p999Micros()).isNull();
        assertThat(Totals.quantiles(filled(0, 0)).p50Micros()).isNull();
    }
}
