package io.tierdrill.targets.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The parent's end of the conversation with one child. Safe to call from any thread.
 *
 * <p>A future that waits for an answer fails with an {@link IOException} as soon as the child is gone, so that nobody
 * waits for the dead.
 */
public final class ChildProcess {
    private final String name;
    private final Process process;
    private final Path log;
    private final Writer stdin;
    private final CompletableFuture<Ready> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Deque<CompletableFuture<Void>> wirings = new ArrayDeque<>();
    private Optional<IOException> gone = Optional.empty();

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.stdin = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts the command. Its standard error, and whatever it prints that is not part of the conversation, is appended
     * to the log.
     *
     * @param name names the thread that listens to it
     */
    public static ChildProcess start(String name, List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .directory(new File("").getAbsoluteFile())
                .start();
        var child = new ChildProcess(name, process, log);
        var listener = new Thread(child::listen, name + " output");
        listener.setDaemon(true);
        listener.start();
        return child;
    }

    public long pid() {
        return process.pid();
    }

    /** Done when the child listens. */
    public CompletableFuture<Ready> ready() {
        return ready;
    }

    /** Done with its exit status when the child is gone and everything it said has been read. */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /** Tells the child the whole set of addresses below it; done when it has taken them. */
    public CompletableFuture<Void> wire(List<InetSocketAddress> downstream) {
        var wired = new CompletableFuture<Void>();
        synchronized (wirings) {
            if (gone.isPresent()) return CompletableFuture.failedFuture(gone.get());
            wirings.add(wired);
            try {
                stdin.write(Lifeline.wireLine(downstream) + "\n");
                stdin.flush();
            } catch (IOException closed) {
                // It is going down; the listener fails what waits when it is gone.
            }
        }
        return wired;
    }

    /** Asks the child to end: closes its standard input and sends SIGTERM (or what the system has). */
    public void terminate() {
        process.destroy();
    }

    /** Ends the child without asking. */
    public void kill() {
        process.destroyForcibly();
    }

    /** The end of its log, oldest line first; empty lines are left out. */
    public List<String> lastLines(int most) {
        return LogTail.lines(log, most);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) heard(line);
        } catch (IOException closedWhileReading) {
            // Happens when the process is destroyed; what matters is that it is gone.
        }
        process.onExit().thenAccept(dead -> ended(dead.exitValue()));
    }

    private void heard(String line) throws IOException {
        if (Lifeline.WIRED.equals(line)) {
            CompletableFuture<Void> wired;
            synchronized (wirings) {
                wired = wirings.poll();
            }
            if (wired != null) wired.complete(null);
            return;
        }
        if (!Ready.parse(line).map(ready::complete).orElse(false))
            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void ended(int status) {
        List<CompletableFuture<Void>> waiting;
        synchronized (wirings) {
            gone = Optional.of(new IOException(name + " exited with " + status));
            waiting = List.copyOf(wirings);
            wirings.clear();
        }
        ready.completeExceptionally(gone.get());
        waiting.forEach(w -> w.completeExceptionally(gone.get()));
        exit.complete(status);
    }
}
