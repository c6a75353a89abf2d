package io.tierdrill.profiler.recording;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's {@code perf}, and whether it may be used, see {@code perf_event_open(2)}.
 *
 * @param program the first on the path
 * @param paranoia what {@code kernel.perf_event_paranoid} says; empty where there is no such setting
 * @param root whether this process may do everything
 */
record Perf(Optional<Path> program, Optional<Integer> paranoia, boolean root) {
    private static final Path PARANOID = Path.of("/proc/sys/kernel/perf_event_paranoid");

    /** From 3 on, which some distributions added, nobody but root may look at anything. */
    private static final int NOBODY = 3;

    /** From 2 on only at what processes do outside of the kernel. */
    private static final int OWN_CODE = 2;

    static Perf ofThisMachine() {
        return new Perf(find("perf", System.getenv("PATH")), paranoid(), isRoot());
    }

    static Optional<Path> find(String name, String path) {
        if (path == null) return Optional.empty();
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Integer> paranoid() {
        try {
            return Optional.of(Integer.parseInt(Files.readString(PARANOID).strip()));
        } catch (IOException | NumberFormatException notLinux) {
            return Optional.empty();
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    /** Why not; empty where nothing stands against it. */
    Optional<String> missing() {
        if (program.isEmpty())
            return Optional.of("it is no JVM, and for others perf is needed, which is not on the PATH"
                    + " (Debian: apt-get install linux-perf)");
        if (paranoia.isEmpty()) return Optional.of("it is no JVM, and this kernel has no perf events");
        if (!root && paranoia.get() >= NOBODY)
            return Optional.of("it is no JVM, and perf is not allowed: kernel.perf_event_paranoid is " + paranoia.get()
                    + "; allowed for this user from 2 down, or as root");
        return Optional.empty();
    }

    /** The processor's own counters are missing in many virtual machines; the clock of the processor time is not. */
    List<String> record(long pid, Path file) {
        boolean ownCode = !root && paranoia.orElse(OWN_CODE) >= OWN_CODE;
        return List.of(
                program.orElseThrow().toString(),
                "record",
                "-q",
                "-e",
                ownCode ? "cpu-clock:u" : "cpu-clock",
                "-F",
                "99",
                "-g",
                "-p",
                Long.toString(pid),
                "-o",
                file.toString());
    }

    /** Prints the samples of a file. */
    List<String> script(Path file) {
        return List.of(
                program.orElseThrow().toString(),
                "script",
                "-F",
                "comm,tid,time,event,ip,sym,dso",
                "-i",
                file.toString());
    }
}
