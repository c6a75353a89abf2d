package io.tierdrill.load;

import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long a thread was ready to run while others had the processors, as Linux counts it
 * ({@code Documentation/scheduler/sched-stats}: the second figure of {@code schedstat}). Belongs to the thread that made
 * it.
 */
final class ProcessorWait {
    private static final Path SCHEDSTAT = Path.of("/proc/thread-self/schedstat");

    private final NanoClock wall = NanoClock.system();
    private final long waitedBefore = waitedNanos();
    private final long begin = wall.nanos();

    /** Of the time since it was made; zero where the system does not say. */
    double share() {
        long window = wall.nanos() - begin;
        return window <= 0 ? 0 : Math.max(0, (double) (waitedNanos() - waitedBefore) / window);
    }

    private static long waitedNanos() {
        try {
            return Long.parseLong(Files.readString(SCHEDSTAT).split(" ")[1]);
        } catch (IOException | RuntimeException elsewhere) {
            return 0;
        }
    }
}
