package io.tierdrill.model.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run keeps what it saw and what was made of it. The stages of the product meet here and nowhere else: the
 * injector and the profiler write, the analysis reads, so an old folder can be analysed again.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

    /** Makes a new folder and its parts; refuses one that already holds anything. */
    public static RunFolder create(Path path) throws IOException {
        if (Files.exists(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                if (entries.iterator().hasNext()) throw new FileAlreadyExistsException(path.toString());
            }
        }
        Files.createDirectories(path.resolve("instances"));
        return new RunFolder(path);
    }

    /** The scenario with every default written out, and the seed. */
    public Path scenario() {
        return path.resolve("scenario.yaml");
    }

    /** The {@link io.tierdrill.model.tier.Topology} of the stack. */
    public Path topology() {
        return path.resolve("topology.json");
    }

    /** The machine the run was measured on: a flat JSON map of words. */
    public Path environment() {
        return path.resolve("environment.json");
    }

    /** What the injector said of the whole run: counts, offered and achieved rate, its own CPU and limits. */
    public Path injection() {
        return path.resolve("injection.json");
    }

    /** HdrHistogram log with one interval a second, tags {@code latency}, {@code service}, {@code lateness}. */
    public Path latency() {
        return path.resolve("latency.hlog");
    }

    /** One {@link io.tierdrill.model.sample.RequestSample} per request. */
    public Path requests() {
        return path.resolve("requests.avro");
    }

    /** What the profiler cost, and the ticks it missed. */
    public Path profiling() {
        return path.resolve("profiling.json");
    }

    /** Every {@link io.tierdrill.model.sample.Sample}. */
    public Path samples() {
        return path.resolve("samples.avro");
    }

    /** One {@link io.tierdrill.model.sample.RunEvent} a line. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    public Path verdict() {
        return path.resolve("verdict.json");
    }

    /** The experiment on the limit this run was blamed on, where one was made: {@code Proof} of the analysis. */
    public Path proof() {
        return path.resolve("proof.json");
    }

    /** What a search over many runs found, where this run is part of one: {@code CapacityFound} of the analysis. */
    public Path capacity() {
        return path.resolve("capacity.json");
    }

    /** What has changed since an earlier run, where it was compared with one: {@code Since} of the analysis. */
    public Path since() {
        return path.resolve("since.json");
    }

    public Path report() {
        return path.resolve("report.html");
    }

    public Path junit() {
        return path.resolve("junit.xml");
    }

    /** Which flame graphs were taken, and where they are: {@code Profiles} of the analysis. */
    public Path profileList() {
        return path.resolve("profiles.json");
    }

    /** Flame graphs, and the recordings they are made of. */
    public Path profiles() {
        return path.resolve("profiles");
    }

    /** Settings and output of each process of the stack. */
    public Path instances() {
        return path.resolve("instances");
    }
}
