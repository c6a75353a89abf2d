package io.tierdrill.lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
    private static final long SECOND = 1_000_000_000L;

    private final HealthCheck check = new HealthCheck(HealthCheckConfig.usual(), 5 * SECOND);

    @Test
    void fallsAfterThreeBadAnswersInARowAndRisesAfterTwoGoodOnes() {
        assertThat(check.well()).isTrue();
        assertThat(check.answered(false)).isFalse();
        assertThat(check.answered(false)).isFalse();
        assertThat(check.answered(true)).isFalse();
        assertThat(check.answered(false)).isFalse();
        assertThat(check.answered(false)).isFalse();
        assertThat(check.answered(false)).isTrue();
        assertThat(check.well()).isFalse();
        assertThat(check.answered(true)).isFalse();
        assertThat(check.answered(false)).isFalse();
        assertThat(check.answered(true)).isFalse();
        assertThat(check.answered(true)).isTrue();
        assertThat(check.well()).isTrue();
    }

    @Test
    void keepsItsBeatHoweverLateItIsAsked() {
        assertThat(check.delayNanos(0)).isEqualTo(5 * SECOND);
        check.asked();
        assertThat(check.delayNanos(5 * SECOND + 7)).isEqualTo(SECOND - 7);
        assertThat(check.delayNanos(9 * SECOND + 1)).isEqualTo(SECOND - 1);
        assertThat(check.delayNanos(10 * SECOND)).isZero();
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(HealthCheckConfig.usual().toMap())
                .containsOnlyKeys("enabled", "path", "interval", "timeout", "rise", "fall")
                .containsEntry("interval", "1s");
        assertThat(HealthCheckConfig.usual().timeout()).isEqualTo(Duration.ofSeconds(1));
    }
}
