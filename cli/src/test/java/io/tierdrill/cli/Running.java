package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command as a process of its own, with what it says kept in files. */
final class Running implements AutoCloseable {
    private static final long PATIENCE = 60_000_000_000L;
    private static final Pattern METRICS = Pattern.compile("metrics on (http://\\S+)");

    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Running tierdrill(Path folder, Object... args) throws IOException {
        return through(List.of(), folder, args);
    }

    /**
     * @param before the command that starts the command, such as {@code prlimit --nofile=64}
     * @param folder for what it says
     */
    static Running through(List<String> before, Path folder, Object... args) throws IOException {
        // A group of its own, as a shell would make: Ctrl-C goes to the group. Whoever runs the tests in the background
        // may have SIGINT ignored, and children inherit that.
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
        command.addAll(before);
        command.addAll(java());
        Stream.of(args).map(Object::toString).forEach(command::add);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, out, err);
    }

    /** This JVM's Java with the product on its class path. */
    static List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-cp",
                Stream.of(path.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                Main.class.getName());
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    long pid() {
        return process.pid();
    }

    /** Its children and theirs, as they are now. */
    List<ProcessHandle> family() {
        return process.descendants().toList();
    }

    /** Ctrl-C: to the whole group, as a terminal does it. */
    void ctrlC() throws IOException, InterruptedException {
        kill("-INT", "-" + process.pid());
    }

    void terminate() throws IOException, InterruptedException {
        kill("-TERM", Long.toString(process.pid()));
    }

    void signal(String name) throws IOException, InterruptedException {
        kill("-" + name, Long.toString(process.pid()));
    }

    private static void kill(String signal, String whom) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, "--", whom).start().waitFor())
                .isZero();
    }

    void awaitErr(String text) throws IOException {
        await("it says '" + text + "'", () -> errNow().contains(text));
    }

    /** Waits until a counter or gauge of its own {@code /metrics} is as wanted. */
    void awaitMetric(String name, Predicate<Double> wanted) throws IOException {
        await("it tells where its metrics are", () -> METRICS.matcher(errNow()).find());
        Matcher address = METRICS.matcher(err());
        assertThat(address.find()).isTrue();
        Pattern line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$");
        await(name, () -> {
            Matcher value = line.matcher(page(address.group(1)));
            return value.find() && wanted.test(Double.parseDouble(value.group(1)));
        });
    }

    static String page(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Waits for its end and tells its status. */
    int status() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE, TimeUnit.NANOSECONDS))
                .as("it ends; it said " + err())
                .isTrue();
        return process.exitValue();
    }

    private void await(String what, BooleanSupplier condition) throws IOException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin)
                    .as("waited for: " + what + "; it said " + err() + out())
                    .isLessThan(PATIENCE);
            assertThat(process.isAlive())
                    .as("waited for: " + what + "; it ended and said " + err() + out())
                    .isTrue();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String errNow() {
        try {
            return err();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> family = family();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
