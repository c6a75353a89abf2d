package io.tierdrill.recorder.live;

import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.TraceFooter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The file a recording is writing to. One thread. */
final class OpenTrace {
    private final Path path;
    private final Disk.Output output;
    private final long startNanos;
    private final long countBefore;

    /** @param startNanos of the recording's clock at the trace's offset zero */
    OpenTrace(Path path, Disk.Output output, long startNanos) {
        this.path = path;
        this.output = output;
        this.startNanos = startNanos;
        this.countBefore = output.count();
    }

    /** At the time of the request before it, where it comes too late for its place. */
    void write(PackedRequest request, Counts counts) throws IOException {
        long offset = request.offsetNanos() - startNanos;
        long earliest = output.lastOffset();
        if (offset < earliest) counts.outOfOrder.increment();
        output.write(request.at(Math.max(offset, earliest)));
    }

    void flush(TraceFooter now) throws IOException {
        output.footer(now);
        output.flush();
    }

    void footer(TraceFooter now) {
        output.footer(now);
    }

    void close() throws IOException {
        output.close();
    }

    Path path() {
        return path;
    }

    long startNanos() {
        return startNanos;
    }

    long count() {
        return output.count();
    }

    /** By this recording, safe from a kill. */
    long recorded() {
        return output.flushed() - countBefore;
    }

    long unflushed() {
        return output.count() - output.flushed();
    }

    /** What the redaction has masked in it, by kind. */
    Map<String, Long> masked() {
        return output.masked();
    }

    long bytes() {
        return output.bytes();
    }
}
