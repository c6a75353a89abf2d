package io.tierdrill.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateCurveTest {
    private static final long SECOND = 1_000_000_000L;

    private static RateCurve.Point at(long seconds, double rate) {
        return new RateCurve.Point(Duration.ofSeconds(seconds), rate);
    }

    @Test
    void placesTheNthRequestOfASteadyRateExactlyHoweverLongItRan() {
        RateCurve level = RateCurve.level(300);
        for (long n : new long[] {0, 1, 2, 3, 300, 299_999, 300_000_000L})
            assertThat(level.nanosAt(n)).isEqualTo(Math.round(n * 1e9 / 300));
    }

    @Test
    void integratesARampBetweenTwoPoints() {
        // 0..10 s from 100/s to 300/s: 200 * 10 = 2000 requests; half the time holds 100*5 + 20*25/2 = 750.
        RateCurve ramp = new RateCurve(List.of(at(0, 100), at(10, 300)));
        assertThat(ramp.expectedBy(10 * SECOND)).isEqualTo(2000);
        assertThat(ramp.expectedBy(5 * SECOND)).isEqualTo(750);
        assertThat(ramp.nanosAt(750)).isEqualTo(5 * SECOND);
        assertThat(ramp.nanosAt(2000)).isEqualTo(10 * SECOND);
    }

    @Test
    void keepsTheLastRateAfterTheLastPointAndTheFirstBeforeTheFirst() {
        RateCurve curve = new RateCurve(List.of(at(2, 50), at(4, 150)));
        assertThat(curve.expectedBy(2 * SECOND)).isEqualTo(100);
        assertThat(curve.expectedBy(4 * SECOND)).isEqualTo(300);
        assertThat(curve.expectedBy(6 * SECOND)).isEqualTo(600);
        assertThat(curve.nanosAt(50)).isEqualTo(SECOND);
        assertThat(curve.nanosAt(600)).isEqualTo(6 * SECOND);
    }

    @Test
    void undoesItselfEverywhereOnAFallingAndRisingCurve() {
        RateCurve curve = new RateCurve(List.of(at(0, 1000), at(1, 10), at(5, 10), at(6, 5000), at(9, 1)));
        for (long nanos = 0; nanos < 12 * SECOND; nanos += 7_654_321)
            // A nanosecond of rounding, and what the rate of one a second makes of the count's own rounding.
            assertThat(curve.nanosAt(curve.expectedBy(nanos))).isCloseTo(nanos, within(10L));
    }

    @Test
    void refusesPointsOutOfOrder() {
        assertThatThrownBy(() -> new RateCurve(List.of(at(2, 50), at(2, 60))))
                .hasMessage("points must come in order, found PT2S");
    }
}
