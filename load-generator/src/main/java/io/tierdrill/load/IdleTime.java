package io.tierdrill.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How long the machine's processors had nothing to do. */
@FunctionalInterface
interface IdleTime {
    /** Summed over all processors, since the machine started; empty where this is not known or of no use. */
    OptionalLong nanos();

    /**
     * What Linux says (proc_uptime(5), the second figure, in hundredths of a second); empty where we have one processor to
     * run on only, for its idle time is where we sleep.
     */
    static IdleTime ofThisMachine() {
        if (Runtime.getRuntime().availableProcessors() < 2) return OptionalLong::empty;
        Path uptime = Path.of("/proc/uptime");
        return () -> {
            try {
                String seconds = Files.readString(uptime).strip().split(" ")[1];
                return OptionalLong.of(new BigDecimal(seconds).movePointRight(9).longValueExact());
            } catch (IOException | RuntimeException elsewhere) {
                return OptionalLong.empty();
            }
        };
    }
}
