package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A running tcpdump. Its packets come on standard output; what it says comes on standard error and is read by a thread of
 * its own: that it listens, and how much the kernel dropped, at the end and whenever it is asked.
 *
 * <p>It runs in a session of its own, so that Ctrl-C ends us and not it, before what it has seen is read. A shell beside it
 * ends it when our end of a pipe is closed, which a kill of this process does too: else it would linger until the next
 * packet comes.
 */
final class Tcpdump implements AutoCloseable {
    private static final long SECONDS_TO_END = 5;

    /**
     * The group is ended, not the process by its number: that might be someone else's by then. To ask is another matter:
     * while the shell is there, so is the group, and its number is nobody else's.
     */
    private static final String GUARDED =
            "exec 3<&0 </dev/null; { while read -r _ <&3; do kill -USR1 $$; done; kill 0; } >/dev/null 2>&1 & "
                    + "exec 3<&-; exec \"$@\"";

    /**
     * The same with the packets on descriptor 3 and nothing on standard output. tcpdump opens that one by its name, perhaps
     * after it has become another user.
     */
    private static final String GUARDED_PROMPT =
            GUARDED.replace("exec \"$@\"", "exec 3>&1 >/dev/null; chmod 622 /dev/fd/3 2>/dev/null; exec \"$@\"");

    private final Process process;
    private final boolean prompt;
    private final boolean answers;
    private final KernelDrops drops = new KernelDrops();
    private final Thread words;
    /** Listening, or over. */
    private final CountDownLatch decided = new CountDownLatch(1);

    private volatile boolean listening;
    private volatile String lastWords = "";

    private Tcpdump(Process process, boolean prompt, boolean answers) {
        this.process = process;
        this.prompt = prompt;
        this.answers = answers;
        this.words = new Thread(this::listen, "tcpdump-words");
        words.setDaemon(true);
        words.start();
    }

    /** Returns once it listens: packets sent from now on are captured. Prompt where it can be, else plain. */
    static Tcpdump start(LiveCapture what) throws BadInputException, InterruptedException {
        Tcpdump prompt = new Tcpdump(launch(what, GUARDED_PROMPT, what.promptCommand()), true, answers(what));
        if (prompt.listensWithin(what.patience())) return prompt;
        prompt.close();
        Tcpdump plain = new Tcpdump(launch(what, GUARDED, what.plainCommand()), false, answers(what));
        if (plain.listensWithin(what.patience())) return plain;
        boolean ended = plain.decided.getCount() == 0;
        plain.close();
        String said = plain.lastWords.isEmpty() ? "" : ": " + plain.lastWords;
        throw new BadInputException(
                new Problem(
                        what.networkInterface(),
                        "",
                        ended ? "tcpdump ended before it listened" + said : "tcpdump does not listen" + said,
                        "It must know the interface ('tcpdump -D' lists them) and may need root or the capability CAP_NET_RAW."));
    }

    private boolean listensWithin(Duration patience) throws InterruptedException {
        return decided.await(patience.toMillis(), TimeUnit.MILLISECONDS) && listening;
    }

    private static Process launch(LiveCapture what, String guard, List<String> capture) throws BadInputException {
        if (program(what.tcpdump().get(0)).isEmpty()) throw missing(what, "no such program");
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", guard, "sh"));
        command.addAll(capture);
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException failed) {
            throw missing(what, failed.getMessage());
        }
    }

    /** As a shell would look for it. */
    private static Optional<Path> program(String name) {
        if (name.indexOf('/') >= 0) return Optional.of(Path.of(name)).filter(Files::isExecutable);
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(File.pathSeparator))
            if (Files.isExecutable(Path.of(folder, name))) return Optional.of(Path.of(folder, name));
        return Optional.empty();
    }

    /** The signal that asks tcpdump for its counts would end a script or another program around it. */
    private static boolean answers(LiveCapture what) {
        if (what.tcpdump().size() > 1) return false;
        Optional<Path> program = program(what.tcpdump().get(0));
        if (program.isEmpty() || !program.get().endsWith("tcpdump")) return false;
        try (InputStream in = Files.newInputStream(program.get())) {
            return in.read() != '#';
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static BadInputException missing(LiveCapture what, String why) {
        return new BadInputException(new Problem(
                String.join(" ", what.tcpdump()),
                "",
                "cannot be started: " + why,
                "Packets are captured by tcpdump. Install it (Debian: apt-get install tcpdump)."));
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) hear(line);
        } catch (IOException closed) {
            // Closed with the process; there is nothing more to hear.
        } finally {
            decided.countDown();
        }
    }

    private void hear(String line) {
        lastWords = line;
        drops.hear(line);
        if (!line.contains("listening on")) return;
        listening = true;
        decided.countDown();
    }

    InputStream packets() {
        return process.getInputStream();
    }

    /** Whether it hands over what the kernel has ten times a second, and not once. */
    boolean isPrompt() {
        return prompt;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Packets the kernel dropped, as tcpdump said last; it always does when it has ended. */
    OptionalLong dropped() {
        return drops.packets();
    }

    /** Asks how many packets the kernel has dropped. What cannot be asked without harm tells at its end only. */
    void ask() {
        if (!answers) return;
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException ended) {
            // Then it tells anyway.
        }
    }

    /** Lets it write what it has and end. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // Then there is nothing to stop.
        }
        // Not the process itself: that would close its output before it is read to the end.
        process.toHandle().destroy();
    }

    /** Waits until all it said was heard; kills it when it does not end by itself. */
    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) process.destroyForcibly();
            words.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
