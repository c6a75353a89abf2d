package io.tierdrill.scenarios.evaluate.force;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A loop in a shell of its own. It looks every turn whether this process is still there, so it never outlives it long. */
final class Script implements Force.Applied {
    private static final String WHILE_WE_ARE = "while kill -0 %d 2>/dev/null; do %s; done";

    private final Process process;
    private final List<String> afterwards;

    private Script(Process process, List<String> afterwards) {
        this.process = process;
        this.afterwards = afterwards;
    }

    static Optional<String> impossible() {
        boolean shell = Files.isExecutable(Path.of("/bin/sh"));
        return shell ? Optional.empty() : Optional.of("signals and neighbours need a shell at /bin/sh");
    }

    /**
     * @param turn what is done again and again
     * @param afterwards a command for when it has ended, in the middle of a turn perhaps; empty for none
     */
    static Script loop(String turn, List<String> afterwards) throws IOException {
        String loop = String.format(WHILE_WE_ARE, ProcessHandle.current().pid(), turn);
        return new Script(start(List.of("/bin/sh", "-c", loop)), afterwards);
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A command to its end. */
    static int run(List<String> command) throws IOException, InterruptedException {
        Process process = start(command);
        if (process.waitFor(5, TimeUnit.SECONDS)) return process.exitValue();
        process.destroyForcibly();
        throw new IOException(command.get(0) + " did not end");
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
            if (!afterwards.isEmpty()) run(afterwards);
        } catch (InterruptedException hurry) {
            if (!afterwards.isEmpty()) start(afterwards);
            Thread.currentThread().interrupt();
        }
    }
}
