package io.tierdrill.lb.net;

import io.tierdrill.model.time.NanoClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Processor time spent on purpose, so that what a request costs can be set. Counted on the thread's own processor clock
 * where the platform has one, so that a busy machine makes it take longer, not cost less. Each thread that works pays
 * for itself; stateless.
 */
@FunctionalInterface
public interface CpuWork {

    /** Spends it now, on the calling thread. */
    void perform();

    /** Nothing to do where the cost is zero; then no management classes are loaded either. */
    static CpuWork of(Duration cost, NanoClock clock) {
        long nanos = cost.toNanos();
        if (nanos == 0) return () -> {};
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        NanoClock spent = threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads::getCurrentThreadCpuTime
                : clock;
        return () -> {
            long end = spent.nanos() + nanos;
            while (spent.nanos() - end < 0) pause();
        };
    }

    /** Some dozens of nanoseconds: reading the thread's clock costs more, so it is not read in every round. */
    private static void pause() {
        for (int i = 0; i < 16; i++) Thread.onSpinWait();
    }
}
