package io.tierdrill.scenarios.evaluate.force;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A control group of version 1 with one process in it, within the one that this process is in. */
final class ControlGroup {
    private static final Path CONTROLLER = Path.of("/sys/fs/cgroup/cpu");
    private static final String WHERE = "cgroup.procs";
    private static final int TRIES = 50;

    private ControlGroup() {}

    static Optional<String> impossible() {
        Optional<Path> own = own();
        if (own.isEmpty()) return Optional.of("a quota needs control groups of version 1, and there are none here");
        if (Files.isWritable(own.get())) return Optional.empty();
        return Optional.of("a quota needs a control group that this user may write in, and " + own.get() + " is not");
    }

    /** The group of this process for the processor. */
    private static Optional<Path> own() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            return lines.map(line -> line.split(":", 3))
                    .filter(parts -> Arrays.asList(parts[1].split(",")).contains("cpu"))
                    .map(parts -> CONTROLLER.resolve(parts[2].substring(1)))
                    .filter(path -> Files.exists(path.resolve("cpu.cfs_quota_us")))
                    .findFirst();
        } catch (IOException noSuchSystem) {
            return Optional.empty();
        }
    }

    static Force.Applied hold(long pid, double cores, Duration period) throws IOException {
        Path parent = own().orElseThrow(() -> new IOException("no control group of version 1"));
        Path group = Files.createDirectories(parent.resolve("tierdrill-" + pid));
        long micros = period.toNanos() / 1_000;
        Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(micros));
        // The kernel takes no quota below a millisecond.
        Files.writeString(
                group.resolve("cpu.cfs_quota_us"), Long.toString(Math.max(1_000, Math.round(micros * cores))));
        Files.writeString(group.resolve(WHERE), Long.toString(pid));
        return () -> release(pid, parent, group);
    }

    private static void release(long pid, Path parent, Path group) throws IOException {
        if (Files.exists(Path.of("/proc/" + pid))) move(pid, parent);
        for (int i = 0; ; i++) {
            try {
                Files.deleteIfExists(group);
                return;
            } catch (IOException notYetEmpty) {
                if (i == TRIES) throw notYetEmpty;
                move(pid, parent);
            }
        }
    }

    private static void move(long pid, Path parent) {
        try {
            Files.writeString(parent.resolve(WHERE), Long.toString(pid));
        } catch (IOException goneMeanwhile) {
            // A process that has ended is in no group any more.
        }
    }
}
