package io.tierdrill.scenarios.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.scenarios.drill.DrillReport.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Five calm seconds, ten without it, five after; a request each 10 ms, of 20 ms where nothing else is said. */
class CourseTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final Course.Marks MARKS = new Course.Marks(5 * SECOND, 15 * SECOND, 20 * SECOND);

    private static RequestSample answer(long due, long latencyMillis, Outcome outcome) {
        return new RequestSample(due, due, due + latencyMillis * MS, 0, 0, outcome, 200, 0, Map.of());
    }

    private static RequestSample well(long due) {
        return answer(due, 20, Outcome.OK);
    }

    private static Course course(LongFunction<RequestSample> byDue) {
        List<RequestSample> samples = new ArrayList<>();
        for (long due = -SECOND; due < 20 * SECOND; due += 10 * MS) samples.add(byDue.apply(due));
        return Course.of(samples.iterator(), MARKS);
    }

    private static boolean isFrom(long due, double second, double to) {
        return due >= second * SECOND && due < to * SECOND;
    }

    @Test
    void isUneventfulWhereNobodyNoticed() {
        Course course = course(CourseTest::well);

        assertThat(course.requests()).as("of 15 s, and two under way").isEqualTo(1_502);
        assertThat(course.failed()).isZero();
        assertThat(course.detect()).isEmpty();
        assertThat(course.eject()).isEmpty();
        assertThat(course.recover()).contains(0.0);
        assertThat(course.answered()).contains(1.0);
        assertThat(course.p95Micros()).isEqualTo(20_000);
        assertThat(Ended.of(course)).isEqualTo(new Ended(Ending.BORNE, "nobody noticed"));
    }

    @Test
    void tellsWhenFailuresBeganAndEndedAndLatencyWasAsBefore() {
        // Every third fails for two seconds, after 100 ms; then a second of slow answers.
        Course course = course(due -> {
            if (isFrom(due, 5, 7) && due / (10 * MS) % 3 == 0) return answer(due, 100, Outcome.CONNECTION_RESET);
            return isFrom(due, 7, 8) ? answer(due, 60, Outcome.OK) : well(due);
        });

        assertThat(course.failed()).isEqualTo(67);
        assertThat(course.kinds()).containsExactly(Map.entry("connection-reset", 67L));
        assertThat(course.cut()).isEqualTo(67);
        assertThat(course.detect().orElseThrow()).isBetween(0.1, 0.13);
        assertThat(course.eject().orElseThrow()).isBetween(1.96, 2.0);
        assertThat(course.recover()).contains(3.0);
        assertThat(Ended.of(course)).isEqualTo(new Ended(Ending.BORNE, "67 of 1,502 requests failed"));
    }

    @Test
    void countsWhatWasUnderWayWhenItHappened() {
        Course course = course(due -> isFrom(due, 4.5, 5) ? answer(due, 600, Outcome.SHORT_READ) : well(due));

        assertThat(course.failed()).isEqualTo(50);
        assertThat(course.detect().orElseThrow()).isEqualTo(0.1);
        assertThat(course.eject()).as("they were due before it").contains(0.0);
        assertThat(course.recover()).contains(0.0);
    }

    @Test
    void tellsASinglePointOfFailureThoughItsAnswersComeInTheEnd() {
        // Hung: whoever asked is answered when it goes on.
        Course course =
                course(due -> isFrom(due, 5, 15) ? answer(due, (15 * SECOND - due) / MS + 100, Outcome.OK) : well(due));

        assertThat(course.failed()).isZero();
        assertThat(course.answered()).contains(0.0);
        assertThat(Ended.of(course, List.of("the injector sent late")).ending()).isEqualTo(Ending.SINGLE_POINT);
        assertThat(Ended.of(course))
                .isEqualTo(new Ended(
                        Ending.SINGLE_POINT, "nothing was answered until it came back; 0 of 1,502 requests failed"));
    }

    @Test
    void tellsThatNobodyTookItOut() {
        Course course = course(due ->
                isFrom(due, 5, 15) && due / (10 * MS) % 4 == 0 ? answer(due, 1, Outcome.CONNECT_REFUSED) : well(due));

        assertThat(course.eject()).isEmpty();
        assertThat(course.answered().orElseThrow()).isBetween(0.74, 0.76);
        assertThat(course.cut()).as("refused ones were never open").isZero();
        assertThat(Ended.of(course).ending()).isEqualTo(Ending.NOT_EJECTED);
        assertThat(Ended.of(course).sentence())
                .isEqualTo("25 % went unanswered until it came back; 250 of 1,502 requests failed");
    }

    @Test
    void doesNotTakeAnswersThatWaitedForItForEjected() {
        // Every fifth hangs: those of the first three seconds run into a timeout, the others wait until it goes on.
        Course course = course(due -> {
            if (!isFrom(due, 5, 15) || due / (10 * MS) % 5 != 0) return well(due);
            return isFrom(due, 5, 8)
                    ? answer(due, 7_000, Outcome.TIMEOUT)
                    : answer(due, (15 * SECOND - due) / MS + 30, Outcome.OK);
        });

        assertThat(course.failed()).isEqualTo(60);
        assertThat(course.letDown()).isEqualTo(180);
        assertThat(course.detect()).contains(7.0);
        assertThat(course.eject()).isEmpty();
        assertThat(Ended.of(course).ending()).isEqualTo(Ending.NOT_EJECTED);
    }

    @Test
    void doesNotBlameItForWhatFailsAtAnyTime() {
        Course course = course(due -> due / (10 * MS) % 100 == 0 ? answer(due, 20, Outcome.SERVER_ERROR) : well(due));

        assertThat(course.eject()).isPresent();
    }

    @Test
    void knowsNoEjectionWhereItWasAwayTooShortForOne() {
        List<RequestSample> samples = new ArrayList<>();
        for (long due = 0; due < 10 * SECOND; due += 10 * MS)
            samples.add(isFrom(due, 3, 4.5) ? answer(due, 1, Outcome.CONNECT_REFUSED) : well(due));
        Course course = Course.of(samples.iterator(), new Course.Marks(3 * SECOND, 4_600 * MS, 10 * SECOND));

        assertThat(course.answered()).isEmpty();
        assertThat(course.eject().orElseThrow()).isBetween(1.4, 1.5);
        assertThat(Ended.of(course).ending()).isEqualTo(Ending.BORNE);
    }

    @Test
    void tellsThatItNeverWasAsQuickAsBefore() {
        Course course = course(due -> isFrom(due, 5, 20) ? answer(due, 35, Outcome.OK) : well(due));

        assertThat(course.recover()).isEmpty();
        assertThat(Ended.of(course).ending()).isEqualTo(Ending.NOT_RECOVERED);
        assertThat(Ended.of(course, List.of("the injector sent late")))
                .isEqualTo(new Ended(Ending.UNKNOWN, "not to be trusted: the injector sent late"));
    }

    @Test
    void doesNotTakeOneGoodSecondForRecovery() {
        Course course = course(due -> isFrom(due, 5, 6) || isFrom(due, 7, 8) ? answer(due, 90, Outcome.OK) : well(due));

        assertThat(course.recover()).contains(3.0);
        assertThat(Ended.of(course).sentence()).isEqualTo("nobody failed, some waited");
    }
}
