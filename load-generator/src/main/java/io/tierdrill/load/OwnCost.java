package io.tierdrill.load;

import com.sun.management.OperatingSystemMXBean;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the injector costs the machine, from its own process. Belongs to the injector's thread. */
final class OwnCost {
    private static final long SHORTEST_WINDOW = 1_000_000_000;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    /** Processor time is real, so it is held against real time, not against a clock that may be moved. */
    private final NanoClock wall = NanoClock.system();

    private long wallStart;
    private long processStart;
    private long threadStart;
    private long idleStart;
    private long prepareStart;

    /**
     * The window begins.
     *
     * @param idleNanos processor time spent waiting until now
     * @param prepareNanos processor time spent preparing until now
     */
    void begin(long idleNanos, long prepareNanos) {
        idleStart = idleNanos;
        prepareStart = prepareNanos;
        wallStart = wall.nanos();
        processStart = process.getProcessCpuTime();
        threadStart = threadNanos();
    }

    /**
     * Of all threads but the preparing one since the window began.
     *
     * @param prepareNanos processor time spent preparing until now
     */
    double processSeconds(long prepareNanos) {
        return (process.getProcessCpuTime() - processStart - (prepareNanos - prepareStart)) / 1e9;
    }

    /**
     * Share of the window in which the calling thread was at work; zero for a window too short to tell.
     *
     * @param idleNanos processor time spent waiting until now
     */
    double busyShare(long idleNanos) {
        long window = wall.nanos() - wallStart;
        long worked = threadNanos() - threadStart - (idleNanos - idleStart);
        return window < SHORTEST_WINDOW ? 0 : Math.max(0, (double) worked / window);
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Resident memory; where the system does not say, what the collector has committed. */
    static long rssBytes() {
        try {
            for (String line : Files.readAllLines(STATUS))
                if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        } catch (IOException | NumberFormatException elsewhere) {
            // No /proc on this system.
        }
        return Runtime.getRuntime().totalMemory();
    }
}
