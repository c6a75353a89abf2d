package io.tierdrill.scenarios.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    private void plan(String... works) {
        for (String work : works) pace.plan(work, Duration.ofSeconds(14));
    }

    @Test
    void beforeAnythingIsDoneItIsWhatShouldBeNeeded() {
        plan("a", "b", "control", "control");

        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(3 * (14 + 6)));
    }

    @Test
    void afterwardsItIsAsMuchSlowerAsWhatWasDone() {
        plan("a", "b", "c", "control");

        pace.did(List.of("a", "control"), 60);

        // 60 s instead of 40, and two of 20 s are left.
        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aControlIsCountedOnce() {
        plan("a", "b", "control");

        pace.did(List.of("a", "control"), 40);
        pace.did(List.of("b", "control"), 20);

        assertThat(pace.left()).isZero();
        plan("a");
        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(20));
    }
}
