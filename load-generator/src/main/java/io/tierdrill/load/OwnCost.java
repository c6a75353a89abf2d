package io.tierdrill.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the injector costs the machine, from its own process. Belongs to the injector's thread. */
final class OwnCost {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long processStart;
    private long threadStart;

    /** The window begins. */
    void begin() {
        processStart = process.getProcessCpuTime();
        threadStart = threadNanos();
    }

    /** Of all threads since the window began. */
    double processSeconds() {
        return (process.getProcessCpuTime() - processStart) / 1e9;
    }

    /** Of the calling thread since the window began. */
    long threadCpuNanos() {
        return threadNanos() - threadStart;
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
