package io.tierdrill.model.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NanoClockTest {

    @Test
    void theSystemsClockNeverGoesBack() {
        NanoClock clock = NanoClock.system();
        long before = clock.nanos();
        for (int i = 0; i < 1000; i++) {
            long now = clock.nanos();
            assertThat(now - before).isNotNegative();
            before = now;
        }
    }

    @Test
    void aClockSinceAnInstantReadsZeroThere() {
        AtomicLong time = new AtomicLong(1_000);
        NanoClock since = ((NanoClock) time::get).since(1_200);

        assertThat(since.nanos()).isEqualTo(-200);
        time.set(1_200);
        assertThat(since.nanos()).isZero();
        time.set(1_201);
        assertThat(since.nanos()).isEqualTo(1);
    }

    @Test
    void differencesSurviveTheOverflowOfTheCounter() {
        AtomicLong time = new AtomicLong(Long.MAX_VALUE);
        NanoClock since = ((NanoClock) time::get).since(Long.MAX_VALUE);
        time.set(Long.MIN_VALUE + 4);

        assertThat(since.nanos()).isEqualTo(5);
    }
}
