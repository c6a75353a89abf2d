package io.tierdrill.load.loop;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** File descriptors of this process. */
public final class Descriptors {
    /** For classes still to be loaded, files of results, and whoever watches the run. */
    private static final long KEPT_BACK = 64;

    private Descriptors() {}

    /**
     * How many connections may be opened from now on before there is no descriptor left for anything else: a process
     * that has none cannot even load a class to say so.
     */
    public static int forConnections() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system))
            return Integer.MAX_VALUE;
        long left = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - KEPT_BACK;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left));
    }
}
