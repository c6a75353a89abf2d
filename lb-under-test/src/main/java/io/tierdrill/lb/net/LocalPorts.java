package io.tierdrill.lb.net;

import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The ports this host may use for connections of its own. Each address below can be connected to from each of them once
 * at a time, so the upstream with most connections is the first to find none. Safe from any thread.
 */
public final class LocalPorts {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    /** What RFC 6335 sets aside, where the system does not say. */
    private static final int USUAL = 16_384;

    private final LongAdder refused = new LongAdder();

    /** @param most connections open to the upstream that has most */
    public void declare(TierTelemetry telemetry, DoubleSupplier most) {
        telemetry.resource("upstream-ports", ResourceKind.PORTS, range(), "", most, () -> 0, refused::sum);
    }

    /** Counts a connection that could not be opened, if it was for want of a port. */
    public void note(Throwable cause) {
        if (isExhausted(cause)) refused.increment();
    }

    /** EADDRNOTAVAIL of connect(2), which every transport puts into words of its own. */
    static boolean isExhausted(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return words.contains("Cannot assign requested address") || words.contains("Address not available");
    }

    /** In one read: such a file has nothing to say to a second one, and readString begins with one of a single byte. */
    private static int range() {
        byte[] text = new byte[64];
        try (InputStream file = Files.newInputStream(RANGE)) {
            return size(new String(text, 0, file.read(text), StandardCharsets.US_ASCII));
        } catch (IOException notLinux) {
            return USUAL;
        }
    }

    /** Of {@code 32768 60999}. */
    static int size(String range) {
        String[] ends = range.strip().split("\\s+");
        return Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
    }
}
