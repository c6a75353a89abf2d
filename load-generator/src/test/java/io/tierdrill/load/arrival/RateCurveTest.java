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
    void jumpsWhereTwoPointsStandAtOneMoment() {
        RateCurve steps = new RateCurve(List.of(at(0, 100), at(2, 100), at(2, 300), at(4, 300), at(4, 10)));
        assertThat(steps.nanosAt(199)).isEqualTo(1_990_000_000L);
        assertThat(steps.nanosAt(200)).isEqualTo(2 * SECOND);
        assertThat(steps.nanosAt(203)).isEqualTo(2_010_000_000L);
        assertThat(steps.nanosAt(810)).isEqualTo(5 * SECOND);
        assertThat(steps.perSecondAt(2 * SECOND - 1)).isEqualTo(100);
        assertThat(steps.perSecondAt(2 * SECOND)).isEqualTo(300);
        assertThat(steps.expectedBy(3 * SECOND)).isEqualTo(500);
        assertThat(steps.highest()).isEqualTo(300);
        assertThat(steps.highestBetween(0, 2 * SECOND - 1)).isEqualTo(100);
        assertThat(steps.highestBetween(SECOND, 2 * SECOND)).isEqualTo(300);
        assertThat(steps.highestBetween(SECOND, 9 * SECOND)).isEqualTo(300);
        assertThat(steps.highestBetween(5 * SECOND, 9 * SECOND)).isEqualTo(10);
    }

    @Test
    void sendsNothingWhileTheRateIsZeroAndNeverAgainWhereItEndsAtZero() {
        RateCurve pause = new RateCurve(List.of(at(0, 100), at(1, 0), at(3, 0), at(4, 100), at(4, 0)));
        assertThat(pause.nanosAt(50)).isEqualTo(3 * SECOND);
        assertThat(pause.nanosAt(50 + 12.5)).isEqualTo(3_500_000_000L);
        assertThat(pause.nanosAt(100.1)).isEqualTo(Long.MAX_VALUE);
        assertThat(pause.perSecondAt(2 * SECOND)).isZero();
    }

    @Test
    void refusesPointsOutOfOrder() {
        assertThatThrownBy(() -> new RateCurve(List.of(at(2, 50), at(1, 60))))
                .hasMessage("points must come in order, found PT1S");
        assertThatThrownBy(() -> new RateCurve(List.of(at(2, 50), at(2, 60), at(2, 70))))
                .hasMessage("points must come in order, found PT2S");
        assertThatThrownBy(() -> new RateCurve(List.of(at(0, 0), at(2, 0))))
                .hasMessage("the rate must be above 0 somewhere");
    }
}
