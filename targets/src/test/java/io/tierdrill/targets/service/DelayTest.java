package io.tierdrill.targets.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelayTest {

    @Test
    void isTheSameEachTimeWithoutJitter() {
        assertThat(draws(0, 1)).containsOnly(10_000_000);
    }

    @Test
    void variesEvenlyByItsJitter() {
        long[] draws = draws(0.2, 1);

        assertThat(LongStream.of(draws)).allMatch(d -> d >= 8_000_000 && d <= 12_000_000);
        // Mean of 1,000 draws: 10 ms, standard error 4 ms / sqrt(12) / sqrt(1000) = 0.037 ms; five of them allowed.
        assertThat(LongStream.of(draws).average().orElseThrow()).isBetween(9_817_000.0, 10_183_000.0);
        assertThat(LongStream.of(draws).min().orElseThrow()).isLessThan(8_100_000);
        assertThat(LongStream.of(draws).max().orElseThrow()).isGreaterThan(11_900_000);
    }

    @Test
    void isDrawnTheSameForTheSameSeed() {
        assertThat(draws(0.2, 7)).isEqualTo(draws(0.2, 7)).isNotEqualTo(draws(0.2, 8));
    }

    private static long[] draws(double jitter, long seed) {
        var config = new ServiceConfig(1, Duration.ZERO, Duration.ofMillis(10), jitter, 0, 1, 0);
        var delay = new Delay(config, new Seeds(seed).stream("test"));
        return LongStream.range(0, 1_000).map(i -> delay.nextNanos()).toArray();
    }
}
