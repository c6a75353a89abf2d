package io.tierdrill.recorder.packets;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tcpdump says of packets that the kernel dropped before it saw them: all in one line where it is asked, a line each at
 * its end, each time since it began. One thread hears, any may ask.
 */
final class KernelDrops {
    private static final Pattern BY_KERNEL = Pattern.compile("(\\d{1,18}) packets? dropped by kernel");
    private static final Pattern BY_INTERFACE = Pattern.compile("(\\d{1,18}) packets? dropped by interface");

    private volatile long byKernel;
    private volatile long byInterface;
    private volatile boolean told;

    void hear(String line) {
        Matcher kernel = BY_KERNEL.matcher(line);
        Matcher device = BY_INTERFACE.matcher(line);
        if (device.find()) byInterface = Long.parseLong(device.group(1));
        if (!kernel.find()) return;
        byKernel = Long.parseLong(kernel.group(1));
        told = true;
    }

    /** Empty while it has not said. */
    OptionalLong packets() {
        return told ? OptionalLong.of(byKernel + byInterface) : OptionalLong.empty();
    }
}
