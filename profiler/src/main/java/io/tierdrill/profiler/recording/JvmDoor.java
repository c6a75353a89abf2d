package io.tierdrill.profiler.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a HotSpot JVM of the same user what {@code jcmd} would ask it, without starting a JVM for each question. The JVM
 * listens on a socket file named after its pid; when there is none, it opens it on SIGQUIT if it finds a file that says
 * why it was sent one. The conversation is that of HotSpot's {@code attachListener}: version, command and three
 * arguments, each ended by a zero byte; the answer is a status, a line feed and text until the end.
 */
final class JvmDoor {
    /** On Linux HotSpot looks there whatever java.io.tmpdir says. */
    private static final Path FOLDER = Path.of("/tmp");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Patience is counted in these: where the whole machine stands still for a minute, only one of them has passed. */
    private static final Duration GLANCE = Duration.ofMillis(10);

    /** The third signal, in the lowest hexadecimal digit of the mask. */
    private static final int SIGQUIT_BIT = 1 << 2;

    private final long pid;
    private final Duration patience;
    private final Path socket;
    private final Path trigger;

    JvmDoor(long pid) {
        this(pid, PATIENCE);
    }

    JvmDoor(long pid, Duration patience) {
        this.pid = pid;
        this.patience = patience;
        this.socket = FOLDER.resolve(".java_pid" + pid);
        this.trigger = FOLDER.resolve(".attach_pid" + pid);
    }

    /** Whether it is a JVM that understands SIGQUIT: to others that signal is the end. */
    static boolean isJvm(long pid) {
        try {
            Path process = Path.of("/proc", Long.toString(pid));
            boolean catches = Files.readAllLines(process.resolve("status")).stream()
                    .filter(line -> line.startsWith("SigCgt:"))
                    .map(line -> line.substring(line.length() - 1))
                    .anyMatch(lowest -> (Integer.parseInt(lowest, 16) & SIGQUIT_BIT) != 0);
            return catches && Files.readString(process.resolve("maps")).contains("/libjvm.so");
        } catch (IOException goneOrNotLinux) {
            return false;
        }
    }

    /**
     * The answer to a command of {@code jcmd}.
     *
     * @throws Unprofiled where it does not answer in time, refuses, or is gone
     */
    String ask(String command) throws Unprofiled, InterruptedException {
        try {
            if (!Files.exists(socket)) open();
            String answer = answer(command);
            int line = answer.indexOf('\n');
            if (line >= 0 && answer.substring(0, line).equals("0")) return answer.substring(line + 1);
            throw new Unprofiled("its JVM refused " + word(command) + ": "
                    + (line < 0 ? answer : answer.substring(line + 1)).strip());
        } catch (IOException closed) {
            if (!isGone()) throw new Unprofiled("its JVM does not answer: " + closed.getMessage(), closed);
            takeAway();
            throw new Unprofiled(gone(), closed);
        }
    }

    /** A JVM takes its socket away when it ends, but not where it is killed. */
    private void takeAway() {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException somebodyElses) {
            // Then it stays, as it would without us.
        }
    }

    /** The JVM opens its door when it is asked to; it may be busy. */
    private void open() throws IOException, Unprofiled, InterruptedException {
        if (isGone()) throw new Unprofiled(gone());
        if (!isJvm(pid)) throw new Unprofiled("process " + pid + " is no JVM of HotSpot that can be asked");
        Files.deleteIfExists(trigger);
        Files.createFile(trigger);
        try {
            quit();
            for (long left = glances(); !Files.exists(socket); left--) {
                if (isGone()) throw new Unprofiled(gone());
                if (left == 0) throw new Unprofiled(silent());
                if (Thread.interrupted()) throw new InterruptedException();
                LockSupport.parkNanos(GLANCE.toNanos());
            }
        } finally {
            Files.deleteIfExists(trigger);
        }
    }

    private void quit() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -QUIT \"$0\"", Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) kill.destroyForcibly();
    }

    private String answer(String command) throws IOException, Unprofiled {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(("1\0jcmd\0" + command + "\0\0\0").getBytes(StandardCharsets.UTF_8)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return text(channel, selector);
        }
    }

    private String text(SocketChannel channel, Selector selector) throws IOException, Unprofiled {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(4096);
        for (long left = glances(); left > 0; left--) {
            selector.select(GLANCE.toMillis());
            selector.selectedKeys().clear();
            int read = channel.read(part);
            if (read < 0) return all.toString(StandardCharsets.UTF_8);
            all.write(part.array(), 0, part.position());
            part.clear();
        }
        throw new Unprofiled(silent());
    }

    private long glances() {
        return patience.dividedBy(GLANCE);
    }

    private boolean isGone() {
        return ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true);
    }

    private String gone() {
        return "process " + pid + " is gone";
    }

    private String silent() {
        return "process " + pid + " did not answer within " + patience.toSeconds() + " s; it may hang";
    }

    private static String word(String command) {
        int space = command.indexOf(' ');
        return space < 0 ? command : command.substring(0, space);
    }
}
