package io.tierdrill.lb;

import io.tierdrill.model.time.NanoClock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never for a length of time. */
public final class Await {
    private static final NanoClock CLOCK = NanoClock.system();

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        long start = CLOCK.nanos();
        while (!condition.getAsBoolean()) {
            if (CLOCK.nanos() - start > 10_000_000_000L) throw new AssertionError("within 10 s: " + what);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
