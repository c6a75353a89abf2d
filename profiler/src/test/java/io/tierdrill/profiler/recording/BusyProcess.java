package io.tierdrill.profiler.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A JVM that keeps one processor busy in {@code spin} until its input ends, as it does when its parent is gone. */
public final class BusyProcess implements AutoCloseable {
    static final long GLANCE_NANOS = 5_000_000;

    private static final long PATIENCE_SECONDS = 10;

    private final Process process;

    private BusyProcess(Process process) {
        this.process = process;
    }

    /** Returns when it is busy. */
    static BusyProcess start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As the tiers are started.
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                BusyProcess.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.US_ASCII);
        if (!"busy".equals(said.readLine())) throw new IOException("it did not start");
        return new BusyProcess(process);
    }

    public static void main(String[] args) throws IOException {
        Thread busy = new Thread(BusyProcess::work, "busy");
        busy.setDaemon(true);
        busy.start();
        System.out.println("busy");
        while (System.in.read() >= 0) Thread.onSpinWait();
    }

    private static void work() {
        double sum = 0;
        while (sum < Double.MAX_VALUE) sum += spin();
    }

    private static double spin() {
        double sum = 0;
        for (int i = 1; i < 10_000; i++) sum += Math.sqrt(i);
        return sum;
    }

    long pid() {
        return process.pid();
    }

    /** Returns when it has used so much more processor time. */
    void use(Duration more) {
        Duration end = cpu().plus(more);
        while (process.isAlive() && cpu().compareTo(end) < 0) LockSupport.parkNanos(GLANCE_NANOS);
    }

    private Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Stops it where it stands, or lets it go on. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start().waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            signal("CONT");
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
        }
    }
}
