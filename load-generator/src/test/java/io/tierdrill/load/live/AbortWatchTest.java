package io.tierdrill.load.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class AbortWatchTest {
    private final Seconds seconds = new Seconds();

    private static AbortWatch watch(String... rules) {
        return new AbortWatch(Arrays.stream(rules).map(AbortWatchTest::rule).toList());
    }

    private static AbortRule rule(String text) {
        try {
            return AbortRuleText.parse(text);
        } catch (AbortRuleText.Unreadable wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    @Test
    void isBrokenWhenItHeldForItsTimeAndNotASecondEarlier() {
        AbortWatch watch = watch("p99>250ms for 3s");
        assertThat(watch.over(seconds.of(1000, 0, 10))).isEmpty();
        assertThat(watch.over(seconds.of(1000, 0, 300))).isEmpty();
        assertThat(watch.over(seconds.of(1000, 0, 300))).isEmpty();
        AbortWatch.Breach breach = watch.over(seconds.of(1000, 0, 300)).orElseThrow();
        assertThat(breach.rule()).isEqualTo("p99>250ms for 3s");
        assertThat(breach.found()).isEqualTo("p99 300.2 ms of 3,000 requests from 1 s to 4 s");
    }

    @Test
    void oneGoodSecondBeginsTheCountAnew() {
        AbortWatch watch = watch("p99>250ms for 2s");
        for (int i = 0; i < 5; i++) {
            assertThat(watch.over(seconds.of(1000, 0, 300))).isEmpty();
            assertThat(watch.over(seconds.of(1000, 0, 10))).isEmpty();
        }
    }

    @Test
    void aQuantileIsBrokenByMoreThanItsShareOfSlowRequestsAndNotByJustThatMany() {
        Histogram justEnough = new Histogram(3_600_000_000_000L, 3);
        justEnough.recordValueWithCount(1_000_000, 990);
        justEnough.recordValueWithCount(900_000_000, 10);
        assertThat(watch("p99>250ms").over(seconds.of(justEnough, 0, 1000))).isEmpty();
        justEnough.recordValue(900_000_000);
        assertThat(watch("p99>250ms").over(seconds.of(justEnough, 0, 1000))).isPresent();
    }

    @Test
    void secondsWithTooFewRequestsAreJudgedTogether() {
        AbortWatch watch = watch("p99>250ms for 4s");
        // 50 a second: two seconds make the hundred that a p99 needs.
        for (int i = 0; i < 3; i++)
            assertThat(watch.over(seconds.of(50, 0, 300))).isEmpty();
        assertThat(watch.over(seconds.of(50, 0, 300)).orElseThrow().found())
                .isEqualTo("p99 300.2 ms of 200 requests from 0 s to 4 s");
    }

    @Test
    void aSingleFailureOfFewIsNotYetOneInAHundred() {
        AbortWatch watch = watch("errors>1%");
        assertThat(watch.over(seconds.of(10, 1, 10))).isEmpty();
        assertThat(watch.over(seconds.of(90, 0, 10)))
                .as("1 of 100 is not above 1 %")
                .isEmpty();
        assertThat(watch.over(seconds.of(200, 3, 10)).orElseThrow().found())
                .isEqualTo("errors 1.50 % (3 of 200) from 2 s to 3 s");
    }

    @Test
    void aTargetThatAnswersNothingDoesNotLookWell() {
        AbortWatch watch = watch("p99>250ms for 3s");
        assertThat(watch.over(seconds.of(500, 0, 10))).isEmpty();
        // Frozen: 500 a second are sent and none ends. After one second nobody is known to have waited for 250 ms.
        assertThat(watch.over(seconds.of(0, 0, 0, 500))).isEmpty();
        assertThat(watch.over(seconds.of(0, 0, 0, 500))).isEmpty();
        assertThat(watch.over(seconds.of(0, 0, 0, 500)).orElseThrow().found())
                .isEqualTo(
                        "p99 unknown, no request ended from 1 s to 4 s, and 1,000 more unanswered for longer than the"
                                + " limit at the end of it");
    }

    @Test
    void theRateIsOfGoodAnswersAndALullHasNone() {
        AbortWatch watch = watch("rate<900/s for 2s");
        assertThat(watch.over(seconds.of(1000, 0, 10))).isEmpty();
        assertThat(watch.over(seconds.of(1000, 200, 10))).isEmpty();
        assertThat(watch.over(seconds.of(0, 0, 0)).orElseThrow().found()).isEqualTo("rate 400.0/s from 1 s to 3 s");
    }

    @Test
    void countsWhatIsInFlight() {
        AbortWatch watch = watch("inflight>5000");
        assertThat(watch.over(seconds.of(0, 0, 0, 5000))).isEmpty();
        assertThat(watch.over(seconds.of(0, 0, 0, 1)).orElseThrow().found())
                .isEqualTo("inflight 5,001 from 1 s to 2 s");
    }

    @Test
    void aStallCountsForAsLongAsItLasted() {
        AbortWatch watch = watch("p99>250ms for 3s");
        assertThat(watch.over(seconds.stalled(3, 1000, 2_000)).orElseThrow().found())
                .isEqualTo("p99 2000.7 ms of 1,000 requests from 0 s to 3 s");
    }

    @Test
    void ofSeveralRulesTheFirstWrittenIsToldFirst() {
        AbortWatch watch = watch("errors>1%", "p99>250ms");
        assertThat(watch.over(seconds.of(1000, 500, 300)).map(AbortWatch.Breach::rule))
                .contains("errors>1%");
        assertThat(new AbortWatch(List.of()).over(seconds.of(1000, 500, 300))).isEqualTo(Optional.empty());
    }

    @Test
    void meanAndMaxAndLessThanAreComparedAsTheyStand() {
        assertThat(watch("mean>10ms").over(seconds.of(100, 0, 11)).orElseThrow().found())
                .isEqualTo("mean 11.0 ms of 100 requests from 0 s to 1 s");
        assertThat(watch("max>10ms").over(seconds.of(1, 0, 11))).isPresent();
        assertThat(watch("p50<10ms").over(seconds.of(100, 0, 9))).isPresent();
        assertThat(watch("p50<10ms").over(seconds.of(100, 0, 11))).isEmpty();
        assertThat(watch("service.p50>10ms").over(seconds.of(100, 0, 11))).isPresent();
        assertThat(watch("lateness.max>10ms").over(seconds.of(100, 0, 11))).isEmpty();
    }
}
