package io.tierdrill.recorder.live;

import io.tierdrill.model.trace.PackedMessage;
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
    private final long messagesBefore;

    /** @param startNanos of the recording's clock at the trace's offset zero */
    OpenTrace(Path path, Disk.Output output, long startNanos) {
        this.path = path;
        this.output = output;
        this.startNanos = startNanos;
        this.countBefore = output.count();
        this.messagesBefore = output.messages();
    }

    /** At the time of the request before it, where it comes too late for its place. */
    void write(PackedRequest request, Counts counts) throws IOException {
        long offset = request.offsetNanos() - startNanos;
        long earliest = output.lastOffset();
        if (offset < earliest) counts.outOfOrder.increment();
        output.write(request.at(Math.max(offset, earliest)));
    }

    /** The same for a message; where the trace has no room for messages it is dropped. */
    void write(PackedMessage message, Counts counts) throws IOException {
        if (output.takesMessages())
            output.write(message.at(Math.max(message.offsetNanos() - startNanos, output.lastOffset())));
        else counts.messages.drop(DropReason.OLD_FORMAT);
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

    /** Requests and messages. */
    long count() {
        return output.count() + output.messages();
    }

    /** By this recording, safe from a kill. */
    long recorded() {
        return output.flushed() - countBefore;
    }

    long recordedMessages() {
        return output.flushedMessages() - messagesBefore;
    }

    long unflushed() {
        return output.count() - output.flushed();
    }

    long unflushedMessages() {
        return output.messages() - output.flushedMessages();
    }

    /** What the redaction has masked in it, by kind. */
    Map<String, Long> masked() {
        return output.masked();
    }

    long bytes() {
        return output.bytes();
    }
}
