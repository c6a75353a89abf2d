package io.tierdrill.targets.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that is stopped (SIGSTOP) for as long as this is open, as a machine hangs: its sockets stay, nothing in it
 * moves. A stopped process does not see its lifeline end, so the stopping is done by a shell that holds one too: whatever
 * kills us, the shell's standard input ends, it lets the process go on, and that then ends as it always would.
 */
public final class HeldStill implements AutoCloseable {
    /** Ctrl-C goes to the whole group; this one ends when its standard input does. */
    private static final String SCRIPT =
            "trap '' INT TERM HUP; kill -STOP \"$0\" && echo held && read line; kill -CONT \"$0\"";

    private static final String HELD = "held";
    private static final long PATIENCE_SECONDS = 5;

    private final Process guard;

    private HeldStill(Process guard) {
        this.guard = guard;
    }

    /** Stops it; returns when that is done. */
    public static HeldStill hold(long pid) throws IOException {
        Process guard = new ProcessBuilder(List.of("sh", "-c", SCRIPT, Long.toString(pid)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = guard.inputReader(StandardCharsets.US_ASCII);
        if (HELD.equals(said.readLine())) return new HeldStill(guard);
        guard.destroyForcibly();
        throw new IOException("process " + pid + " cannot be stopped");
    }

    /** Lets it go on. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) guard.destroyForcibly();
        } catch (IOException gone) {
            guard.destroyForcibly();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
