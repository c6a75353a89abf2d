package io.tierdrill.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Processor time that nobody but one thread used. While the thread works its processor counts for it, and while it
 * sleeps its processor is idle: either way one second of it a second is no sign of another processor to spare.
 */
@FunctionalInterface
interface SpareTime {
    /** Summed over all processors, since the machine started; empty where this is not known or of no use. */
    OptionalLong nanos();

    /**
     * What Linux says (proc_uptime(5), the second figure, in hundredths of a second) and the processor time of the calling
     * thread, which must be the same each time; empty where we have one processor to run on only.
     */
    static SpareTime ofThisMachine() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (Runtime.getRuntime().availableProcessors() < 2 || !threads.isCurrentThreadCpuTimeSupported())
            return OptionalLong::empty;
        Path uptime = Path.of("/proc/uptime");
        return () -> {
            try {
                String idle = Files.readString(uptime).strip().split(" ")[1];
                long idleNanos = new BigDecimal(idle).movePointRight(9).longValueExact();
                return OptionalLong.of(idleNanos + threads.getCurrentThreadCpuTime());
            } catch (IOException | RuntimeException elsewhere) {
                return OptionalLong.empty();
            }
        };
    }
}
