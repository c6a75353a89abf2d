package io.tierdrill.recorder.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets a thread of this process step aside for the others: where both want the processor, whoever carries traffic gets
 * nine tenths of it and need not wait for a slice to end. One tenth remains, so that a recording on a busy machine goes
 * on, drops and counts, and never holds the others up at a safepoint for long, as Linux's idle class would. Java's own
 * priorities do nothing on Linux, so {@code renice} does it from outside.
 */
final class Courtesy {
    private static final int NICENESS = 10;
    private static final Path SELF = Path.of("/proc/thread-self");
    /** In proc_pid_stat(5) it is the 19th, and the first behind the name in brackets is the third. */
    private static final int FIELD = 19 - 3;

    private static final long PATIENCE_SECONDS = 2;

    private Courtesy() {}

    /** For the calling thread; whether it steps aside now. Where it cannot be done, it stays as it was. */
    static boolean stepAside() {
        try {
            if (niceness() >= NICENESS) return true;
            // "1234/task/1250"
            String thread = Files.readSymbolicLink(SELF).getFileName().toString();
            return runs(List.of("renice", "-n", Integer.toString(NICENESS), "-p", thread));
        } catch (IOException | RuntimeException notHere) {
            return false;
        }
    }

    /** Of the calling thread. */
    static int niceness() throws IOException {
        String stat = Files.readString(SELF.resolve("stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[FIELD]);
    }

    private static boolean runs(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return process.exitValue() == 0;
            process.destroyForcibly();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
