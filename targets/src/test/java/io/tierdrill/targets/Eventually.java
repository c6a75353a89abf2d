package io.tierdrill.targets;

import io.tierdrill.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and processes do, with a deadline instead of a guess. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Eventually() {}

    public static void until(String what, BooleanSupplier isSo) {
        NanoClock clock = NanoClock.system();
        long start = clock.nanos();
        while (!isSo.getAsBoolean()) {
            if (clock.nanos() - start > DEADLINE.toNanos())
                throw new AssertionError("not within " + DEADLINE + ": " + what);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
