package io.tierdrill.analysis.observed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedTest {

    @Test
    void takesACounterToGrowEvenlyBetweenSightings() {
        Counter counter = new Counter();
        counter.see(0, 10);
        counter.see(100, 30);

        assertThat(counter.growth(25, 75)).isEqualTo(10);
        assertThat(counter.growth(-500, 500)).isEqualTo(20);
    }

    @Test
    void goesOnCountingWhenAProcessStartsAnew() {
        Counter counter = new Counter();
        counter.see(0, 0);
        counter.see(100, 50);
        counter.see(200, 5);
        counter.see(300, 25);

        assertThat(counter.growth(0, 300)).isEqualTo(75);
    }

    @Test
    void saysWhenSomethingFirstGrew() {
        Counter counter = new Counter();
        for (int i = 0; i < 10; i++) counter.see(i, Math.max(0, i - 6));

        assertThat(counter.firstGrowth(0, 9)).isEqualTo(7);
        assertThat(counter.firstGrowth(0, 5)).isEqualTo(5);
    }

    @Test
    void holdsTheLastSightingUntilTheNext() {
        Gauge gauge = new Gauge();
        gauge.see(10, 3);
        gauge.see(20, 9);

        assertThat(gauge.maxWithin(0, 10)).isZero();
        assertThat(gauge.maxWithin(12, 18)).isEqualTo(3);
        assertThat(gauge.maxWithin(12, 30)).isEqualTo(9);
    }

    @Test
    void leavesOutTheWarmUp() {
        Requests requests = new Requests();
        requests.add(request(-1, 5));
        requests.add(request(0, 5));

        assertThat(requests.count()).isEqualTo(1);
    }

    @Test
    void keepsEveryColumnWhenItGrows() {
        Requests requests = new Requests();
        for (int i = 0; i < 5000; i++) requests.add(request(i, i));

        assertThat(requests.latencyNanos(4999)).isEqualTo(4999);
        assertThat(requests.stageNanos(4999, "l7")).isEqualTo(4998);
        assertThat(requests.has(4998, "l7")).isFalse();
        assertThat(requests.stageNanos(4998, "l7")).isZero();
    }

    @Test
    void countsOnlySecondsInWhichRequestsWereLetDownAsStress() {
        Requests requests = new Requests();
        for (int i = 0; i < 300; i++) requests.add(request(i * 10_000_000L, i / 100 == 1 && i % 50 == 0 ? 900 : 5));

        Stress stress = Stress.of(requests, new Objective(100, 0, Optional.empty()), 3_000_000_000L);

        assertThat(stress.beginsNanos()).isEqualTo(1_000_000_000L);
        assertThat(stress.judges(500_000_000L)).isFalse();
        assertThat(stress.judges(1_500_000_000L)).isTrue();
        assertThat(stress.judges(2_500_000_000L)).isFalse();
    }

    private static RequestSample request(long due, long latency) {
        Map<String, Long> stages = latency % 2 == 1 ? Map.of("l7", latency - 1) : Map.of();
        return new RequestSample(due, due, due + latency, 0, 0, Outcome.OK, 200, 1, stages);
    }
}
