package io.tierdrill.cli;

import io.tierdrill.model.time.NanoClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Ctrl-C, a termination signal or the end of the time given. As the process ends when its hooks have, the hook
 * waits until this is closed: so what was recorded is written and shown first.
 */
final class UntilStopped implements AutoCloseable {
    private static final long LOOK_NANOS = 500_000_000;

    private final NanoClock clock;
    private final long endNanos;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "record-stop");

    UntilStopped(NanoClock clock, Optional<Duration> duration) {
        this.clock = clock;
        this.endNanos = clock.nanos() + duration.orElse(Duration.ofDays(3_650)).toNanos();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param meanwhile run twice a second */
    void await(Runnable meanwhile) throws InterruptedException {
        for (long left = endNanos - clock.nanos(); left > 0; left = endNanos - clock.nanos()) {
            if (stopped.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) return;
            meanwhile.run();
        }
    }

    private void stop() {
        stopped.countDown();
        try {
            closed.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending because of it.
        }
    }
}
