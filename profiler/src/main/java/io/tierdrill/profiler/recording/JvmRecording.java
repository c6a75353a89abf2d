package io.tierdrill.profiler.recording;

import io.tierdrill.profiler.stacks.JfrStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Flight Recorder of a JVM, with the events that sample stacks and no other. */
final class JvmRecording implements Recording {
    private static final String NAME = "tierdrill";
    private static final Pattern VERSION = Pattern.compile("^JDK (\\d+)", Pattern.MULTILINE);
    private static final int COUNTS_PROCESSOR_TIME = 25;

    /** Event loops with handlers and filters are deeper than the 64 frames that are the default. */
    private static final int DEPTH = 256;

    private final JvmDoor door;
    private final Path file;
    private final Path chunks;

    private JvmRecording(JvmDoor door, Path file) {
        this.door = door;
        this.file = file.toAbsolutePath();
        this.chunks = this.file.resolveSibling(file.getFileName() + ".chunks");
    }

    /** Returns when it records. */
    static JvmRecording start(long pid, Path file) throws Unprofiled, InterruptedException {
        JvmRecording recording = new JvmRecording(new JvmDoor(pid), file);
        recording.start();
        return recording;
    }

    private void start() throws Unprofiled, InterruptedException {
        String events = feature() >= COUNTS_PROCESSOR_TIME
                ? setting("jdk.CPUTimeSample#enabled=true")
                        + setting("jdk.CPUTimeSample#throttle=5ms")
                        + setting("jdk.CPUTimeSamplesLost#enabled=true")
                : setting("jdk.ExecutionSample#enabled=true")
                        + setting("jdk.ExecutionSample#period=10ms")
                        + setting("jdk.NativeMethodSample#enabled=true")
                        + setting("jdk.NativeMethodSample#period=10ms");
        // Chunks go where the rest of the run is: nothing stays behind in /tmp if the process is killed.
        door.ask("JFR.configure stackdepth=" + DEPTH + " repositorypath=" + quoted(chunks));
        String answer = door.ask("JFR.start name=" + NAME + " settings=none disk=true dumponexit=false" + events);
        if (!answer.contains("Started recording"))
            throw new Unprofiled("its JVM did not start the Flight Recorder: " + answer.strip());
    }

    private static String setting(String setting) {
        return " +" + setting;
    }

    private int feature() throws Unprofiled, InterruptedException {
        Matcher version = VERSION.matcher(door.ask("VM.version"));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    @Override
    public void stop() throws Unprofiled, InterruptedException {
        try {
            String answer = door.ask("JFR.stop name=" + NAME + " filename=" + quoted(file));
            if (!Files.isRegularFile(file)) throw new Unprofiled("its JVM wrote no recording: " + answer.strip());
        } finally {
            clear();
        }
    }

    @Override
    public void abandon() {
        try {
            door.ask("JFR.stop name=" + NAME);
        } catch (Unprofiled gone) {
            // Then it does not record either.
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        clear();
    }

    /** The JVM takes them away itself when it ends, but not where it is killed. */
    private void clear() {
        if (!Files.isDirectory(chunks)) return;
        try (Stream<Path> walk = Files.walk(chunks)) {
            List<Path> parts = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path part : parts) Files.deleteIfExists(part);
        } catch (IOException stillInUse) {
            // Then it stays in the run's folder.
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public JfrStacks.Folded fold(Instant from, Instant to) throws IOException, Unprofiled {
        return Recording.requireSome(JfrStacks.read(file, from, to));
    }

    /** As the JVM reads its commands: in quotes of one kind or the other. */
    private static String quoted(Path path) {
        String quote = path.toString().indexOf('"') >= 0 ? "'" : "\"";
        return quote + path + quote;
    }
}
