package io.tierdrill.lb.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.Await;
import io.tierdrill.model.time.NanoClock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LoopBeatTest {
    private static final long BLOCKED_NANOS = 300_000_000L;

    @Test
    void countsTheTimeInWhichTheLoopDidSomethingElse() throws Exception {
        NanoClock clock = NanoClock.system();
        try (Transport transport = Transport.open("beat-test")) {
            LoopBeat beat = LoopBeat.on(transport.loop(), clock);
            CountDownLatch blocked = new CountDownLatch(1);
            transport.loop().execute(() -> {
                long end = clock.nanos() + BLOCKED_NANOS;
                while (clock.nanos() < end) Thread.onSpinWait();
                blocked.countDown();
            });
            blocked.await();

            // Due at most 100 ms after it began to be blocked.
            Await.until("the late beat is counted", () -> beat.lateSeconds() >= 0.199);
        }
    }

    @Test
    void ticksOnWithoutHeedingThatTheLoopEnds() {
        Transport transport = Transport.open("beat-test");
        LoopBeat.on(transport.loop(), NanoClock.system());
        transport.close();

        assertThat(transport.loop().isTerminated()).isTrue();
    }
}
