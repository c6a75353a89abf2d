package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running tcpdump. Its packets come on standard output; what it says comes on standard error and is read by a thread of
 * its own: that it listens, and at the end how much the kernel dropped.
 */
final class Tcpdump implements AutoCloseable {
    private static final Pattern DROPPED = Pattern.compile("(\\d+) packets? dropped by (?:kernel|interface)");
    private static final long SECONDS_TO_END = 5;

    private final Process process;
    private final Thread words;
    /** Listening, or over. */
    private final CountDownLatch decided = new CountDownLatch(1);

    private volatile boolean listening;
    private volatile String lastWords = "";
    private volatile long dropped;

    private Tcpdump(Process process) {
        this.process = process;
        this.words = new Thread(this::listen, "tcpdump-words");
        words.setDaemon(true);
        words.start();
    }

    /** Returns once it listens: packets sent from now on are captured. */
    static Tcpdump start(LiveCapture what) throws BadInputException, InterruptedException {
        Tcpdump tcpdump;
        try {
            tcpdump = new Tcpdump(new ProcessBuilder(what.command()).start());
        } catch (IOException missing) {
            throw new BadInputException(new Problem(
                    String.join(" ", what.tcpdump()),
                    "",
                    "cannot be started: " + missing.getMessage(),
                    "Packets are captured by tcpdump. Install it (Debian: apt-get install tcpdump)."));
        }
        boolean inTime = tcpdump.decided.await(what.patience().toMillis(), TimeUnit.MILLISECONDS);
        if (tcpdump.listening) return tcpdump;
        tcpdump.close();
        String said = tcpdump.lastWords.isEmpty() ? "" : ": " + tcpdump.lastWords;
        throw new BadInputException(
                new Problem(
                        what.networkInterface(),
                        "",
                        inTime ? "tcpdump ended before it listened" + said : "tcpdump does not listen" + said,
                        "It must know the interface ('tcpdump -D' lists them) and may need root or the capability CAP_NET_RAW."));
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
        Matcher drops = DROPPED.matcher(line);
        if (drops.find()) dropped += dropsIn(drops);
        if (!line.contains("listening on")) return;
        listening = true;
        decided.countDown();
    }

    private static long dropsIn(Matcher drops) {
        return Optional.of(drops.group(1))
                .filter(digits -> digits.length() < 18)
                .map(Long::parseLong)
                .orElse(0L);
    }

    InputStream packets() {
        return process.getInputStream();
    }

    /** Packets the kernel dropped; told when tcpdump has ended. */
    long dropped() {
        return dropped;
    }

    /** Lets it write what it has and end. */
    void stop() {
        process.destroy();
    }

    /** Waits until all it said was heard; kills it when it does not end by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) process.destroyForcibly();
            words.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
