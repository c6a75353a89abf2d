package io.tierdrill.cli.architecture.broken.lb;

import java.time.Instant;
import java.util.function.Supplier;

final class ReadsTheClock {
    private final Supplier<Instant> wall = Instant::now;

    long pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
        return System.nanoTime() + wall.get().getNano();
    }
}
