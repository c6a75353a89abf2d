package io.tierdrill.profiler.recording;

import io.tierdrill.profiler.stacks.FoldedStacks;
import io.tierdrill.profiler.stacks.JfrStacks;
import io.tierdrill.profiler.stacks.PerfScript;
import io.tierdrill.profiler.stacks.Sampling;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code perf record} beside a process that is no JVM. It ends by itself when that process does. */
final class PerfRecording implements Recording {
    private static final long PATIENCE_SECONDS = 10;

    private final Perf perf;
    private final Process recorder;
    private final Path file;
    private final Path log;

    private PerfRecording(Perf perf, Process recorder, Path file, Path log) {
        this.perf = perf;
        this.recorder = recorder;
        this.file = file;
        this.log = log;
    }

    static PerfRecording start(Perf perf, long pid, Path file) throws Unprofiled {
        if (perf.missing().isPresent()) throw new Unprofiled(perf.missing().get());
        Path log = file.resolveSibling(file.getFileName() + ".log");
        try {
            Process recorder = new ProcessBuilder(perf.record(pid, file))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new PerfRecording(perf, recorder, file, log);
        } catch (IOException cannot) {
            throw new Unprofiled("perf cannot be started: " + cannot.getMessage(), cannot);
        }
    }

    @Override
    public void stop() throws Unprofiled, InterruptedException {
        // SIGTERM: it writes what it has and ends.
        recorder.destroy();
        if (!recorder.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            recorder.destroyForcibly();
            throw new Unprofiled("perf did not end within " + PATIENCE_SECONDS + " s");
        }
        try {
            if (Files.isRegularFile(file) && Files.size(file) > 0) return;
            throw new Unprofiled("perf wrote nothing: " + lastWords());
        } catch (IOException unreadable) {
            throw new Unprofiled("what perf wrote cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private String lastWords() throws IOException {
        List<String> said = Files.readString(log, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return said.isEmpty() ? "it said nothing" : said.get(said.size() - 1).strip();
    }

    @Override
    public void abandon() {
        recorder.destroyForcibly();
    }

    @Override
    public Path file() {
        return file;
    }

    /** All of it: its clock is not that of the run, and it began moments before. */
    @Override
    public JfrStacks.Folded fold(Instant from, Instant to) throws IOException, Unprofiled {
        Process script = new ProcessBuilder(perf.script(file))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = script.inputReader(StandardCharsets.UTF_8)) {
            FoldedStacks stacks = PerfScript.fold(lines.lines());
            return Recording.requireSome(new JfrStacks.Folded(stacks, Sampling.PERF, 0));
        } finally {
            script.destroyForcibly();
        }
    }
}
