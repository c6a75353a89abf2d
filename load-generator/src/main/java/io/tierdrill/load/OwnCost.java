package io.tierdrill.load;

import com.sun.management.OperatingSystemMXBean;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the injector costs the machine, from its own process. Belongs to the thread of a loop. */
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
     * Processor time of all threads but the preparing one when the window began, and when it ended.
     *
     * @param fromNanos since the process began
     * @param toNanos since the process began
     */
    record Window(long fromNanos, long toNanos) {}

    /** What all of these windows cover, which are of one process. */
    static double seconds(List<Window> windows) {
        long from = windows.stream().mapToLong(Window::fromNanos).min().orElseThrow();
        long to = windows.stream().mapToLong(Window::toNanos).max().orElseThrow();
        return (to - from) / 1e9;
    }

    /**
     * The window that ends now.
     *
     * @param prepareNanos processor time spent preparing until now
     */
    Window window(long prepareNanos) {
        return new Window(processStart - prepareStart, process.getProcessCpuTime() - prepareNanos);
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
