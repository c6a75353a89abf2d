package io.tierdrill.recorder.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts {@link RecordingChild} in a JVM of its own, and makes sure that it ends. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final List<String> lines = new ArrayList<>();

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    static Child start(Path output, long perSecond, long millis, int bodyBytes) throws IOException {
        return start(List.of(), output, perSecond, millis, bodyBytes);
    }

    /** @param within a command that starts the JVM, such as one that gives it a file system of its own */
    static Child start(List<String> within, Path output, long perSecond, long millis, int bodyBytes)
            throws IOException {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingChild.class.getName(),
                output.toString(),
                Long.toString(perSecond),
                Long.toString(millis),
                Integer.toString(bodyBytes));
        List<String> command = Stream.concat(within.stream(), java.stream()).toList();
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Reads what it says until it has lived so long. */
    void awaitMillis(long millis) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (isCount(line) && millisOf(line) >= millis) return;
        }
        throw new AssertionError("it ended before: " + lines);
    }

    /** {@code kill -9}, then reads what it had still said. */
    void kill() throws IOException, InterruptedException {
        // By its handle: the process itself would also close what we want to read.
        process.toHandle().destroyForcibly();
        rest();
        process.waitFor();
    }

    List<String> awaitEnd() throws IOException, InterruptedException {
        rest();
        process.waitFor();
        return lines;
    }

    private void rest() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) lines.add(line);
    }

    /** Requests it had begun by its own count. */
    long begun() {
        return countOf(lastCount());
    }

    /**
     * Requests it had begun a second before the last thing it said; earlier by as long as the machine had kept it from
     * running at all, where others keep both cores busy.
     */
    long begunASecondBefore() {
        long last = millisOf(lastCount());
        return lines.stream()
                .filter(l -> isCount(l) && millisOf(l) <= last - 1_000 - longestStall())
                .mapToLong(Child::countOf)
                .max()
                .orElse(0);
    }

    private long longestStall() {
        long longest = 0;
        long before = 0;
        for (String line : lines) {
            if (!isCount(line)) continue;
            longest = Math.max(longest, millisOf(line) - before);
            before = millisOf(line);
        }
        return longest;
    }

    private String lastCount() {
        return lines.stream().filter(Child::isCount).reduce("0 0", (one, next) -> next);
    }

    private static boolean isCount(String line) {
        return line.matches("\\d+ \\d+");
    }

    private static long millisOf(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static long countOf(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
