package io.tierdrill.profiler.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where {@code /proc} is and the units it counts in.
 *
 * @param ticksPerSecond of processor times in {@code stat}
 */
record Procfs(Path root, long pageBytes, long ticksPerSecond) {

    /** Asks the kernel for the units, through the auxiliary vector it gave this process. */
    static Procfs at(Path root) {
        try {
            AuxiliaryVector units = AuxiliaryVector.parse(Files.readAllBytes(root.resolve("self/auxv")));
            return new Procfs(root, units.pageBytes(), units.ticksPerSecond());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Path process(long pid) {
        return root.resolve(Long.toString(pid));
    }

    double seconds(long ticks) {
        return (double) ticks / ticksPerSecond;
    }

    long nanos(long ticks) {
        return Math.multiplyExact(ticks, 1_000_000_000L) / ticksPerSecond;
    }
}
