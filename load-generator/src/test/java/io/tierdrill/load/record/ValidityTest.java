package io.tierdrill.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.run.Injection.Quantiles;
import io.tierdrill.model.sample.Outcome;
import java.math.BigDecimal;
import java.math.BigInteger;
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
        return Validity.reasons(ValidityLimits.defaults(), totals, List.of(), offered, 10 * SECOND, own, busy, 0);
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
                Validity.reasons(ValidityLimits.defaults(), late, List.of(), 5_000, 10 * SECOND, Map.of(), 0.1, 0.42);
        assertThat(reasons).hasSize(2);
        assertThat(reasons.get(1))
                .isEqualTo(
                        "The injector was short of processor: for 42 % of the time it was ready to run and others had"
                                + " it.");

        Totals onTime = totals(5_000, 10 * SECOND, 2 * MILLI, MILLI / 10);
        assertThat(Validity.reasons(
                        ValidityLimits.defaults(), onTime, List.of(), 5_000, 10 * SECOND, Map.of(), 0.1, 0.42))
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

    /** So many on time, and so many 2 ms late, of a run whose median leaves the limit at 1 ms. */
    private static List<String> reasonsWithLate(long onTime, long late) {
        Totals totals = totals(onTime, 10 * SECOND, 3 * MILLI, MILLI / 10);
        totals.lateness().recordValueWithCount(2 * MILLI, late);
        return reasons(totals, onTime, Map.of(), 0);
    }

    @Test
    void countsTheLateOnesOfTooFewForAP99() {
        assertThat(reasonsWithLate(1_972, 28)).isEmpty();
        assertThat(reasonsWithLate(1_971, 29))
                .containsExactly(
                        "The injector sent late: 29 of 2,000 requests by more than 1000 us (the more of 1000 us"
                                + " and 5 % of the median latency), limit 28 (what one in a hundred comes to by chance).");
        assertThat(reasonsWithLate(97, 3)).isEmpty();
        assertThat(reasonsWithLate(96, 4)).hasSize(1);
        assertThat(reasonsWithLate(4, 1))
                .as("one of five is more than chance")
                .containsExactly("The injector sent late: 1 of 5 requests by more than 1000 us (the more of 1000 us"
                        + " and 5 % of the median latency), limit 0 (what one in a hundred comes to by chance).");
    }

    @Test
    void takesTheP99WhereOneStands() {
        assertThat(reasonsWithLate(2_970, 30)).as("3,000 requests").isEmpty();
        assertThat(reasonsWithLate(2_968, 32))
                .containsExactly("The injector sent late: lateness p99 was 2001 us, limit 1000 us (the more of 1000 us"
                        + " and 5 % of the median latency).");
    }

    @Test
    void judgesMessagesOnWebSocketsAsRequests() {
        Totals onTime = totals(5_000, 10 * SECOND, MILLI, MILLI / 10);
        assertThat(withMessages(onTime, 1_972, 28)).isEmpty();
        assertThat(withMessages(onTime, 1_971, 29))
                .containsExactly(
                        "The injector sent late: 29 of 2,000 messages on WebSockets by more than 1000 us (the more"
                                + " of 1000 us and 5 % of the median latency), limit 28 (what one in a hundred comes to by"
                                + " chance).");
        assertThat(withMessages(onTime, 2_970, 30)).isEmpty();
        assertThat(withMessages(onTime, 2_968, 32))
                .containsExactly(
                        "The injector sent messages on WebSockets late: lateness p99 was 2001 us, limit 1000 us"
                                + " (the more of 1000 us and 5 % of the median latency).");
    }

    private static List<String> withMessages(Totals totals, long onTime, long late) {
        Histogram messages = filled(onTime, MILLI / 10);
        messages.recordValueWithCount(2 * MILLI, late);
        return Validity.reasons(
                ValidityLimits.defaults(), totals, List.of(messages), 5_000, 10 * SECOND, Map.of(), 0, 0);
    }

    @Test
    void allowsWhatTheBinomialLawDoes() {
        for (long requests : new long[] {0, 1, 5, 6, 35, 36, 100, 300, 1_000, 2_999})
            assertThat(LateAllowance.of(requests)).as("of %d", requests).isEqualTo(byTheLaw((int) requests));
    }

    /** The same by exact sums of exact terms. */
    private static long byTheLaw(int n) {
        BigDecimal sum = BigDecimal.ZERO;
        BigInteger choose = BigInteger.ONE;
        for (int k = 0; ; k++) {
            BigDecimal term = new BigDecimal(choose)
                    .multiply(new BigDecimal("0.01").pow(k))
                    .multiply(new BigDecimal("0.99").pow(n - k));
            sum = sum.add(term);
            if (sum.compareTo(new BigDecimal("0.95")) >= 0) return k;
            choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1));
        }
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
