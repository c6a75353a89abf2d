package io.tierdrill.recorder.imports;

import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.output.MaskedRequests;
import io.tierdrill.recorder.output.TraceOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What is written of a trace while its input is still being read: a file of its own beside the trace, made on first use and
 * deleted on {@link #close}, under a header that says nothing yet. One thread.
 */
final class BegunTrace implements UnitSorter.Sink, AutoCloseable {
    private static final TraceHeader NOTHING_YET = new TraceHeader(Instant.EPOCH, "", Map.of());

    private final Path folder;
    private final MaskedRequests requests;
    private final LongSupplier firstNanos;
    private Path file;
    private TraceOutput output;
    private long start;

    /** The trace starts with the first arrival that is known when its first request comes. */
    BegunTrace(Path folder, MaskedRequests requests, LongSupplier firstNanos) {
        this.folder = folder;
        this.requests = requests;
        this.firstNanos = firstNanos;
    }

    @Override
    public void accept(int input, long instantNanos, byte[] bytes, int from, int to) throws IOException {
        if (output == null) begin();
        output.write(instantNanos - start, bytes, from, to);
    }

    boolean hasBegun() {
        return output != null;
    }

    long count() {
        return output.count();
    }

    /**
     * Moves all that was written to a new trace.
     *
     * @throws TooHasty when the first arrival was not the first
     */
    void finish(TraceHeader header, Path trace) throws IOException {
        if (firstNanos.getAsLong() != start) throw new TooHasty();
        output.close();
        TraceOutput.finish(file, header, requests, trace);
    }

    @Override
    public void close() throws IOException {
        if (output == null) return;
        try {
            output.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void begin() throws IOException {
        start = firstNanos.getAsLong();
        file = Files.createTempFile(folder, ".tierdrill-", ".begun");
        file.toFile().deleteOnExit();
        try {
            output = TraceOutput.create(file, NOTHING_YET, requests);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }
}
