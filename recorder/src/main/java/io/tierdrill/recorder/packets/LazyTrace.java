package io.tierdrill.recorder.packets;

import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.output.TraceOutput;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A trace that begins with its first request, since a trace starts when that does. One thread. */
final class LazyTrace implements TraceOrder.Sink, AutoCloseable {
    private final Path path;
    private final String source;
    private final boolean keepsBodies;
    private final RedactionConfig redaction;
    private final Tally tally;
    private TraceOutput writer;
    private long firstNanos;
    private long lastNanos;

    LazyTrace(Path path, String source, boolean keepsBodies, RedactionConfig redaction, Tally tally) {
        this.path = path;
        this.source = source;
        this.keepsBodies = keepsBodies;
        this.redaction = redaction;
        this.tally = tally;
    }

    @Override
    public void write(PackedRequest request) throws IOException {
        if (writer == null) begin(request.offsetNanos());
        lastNanos = request.offsetNanos();
        writer.write(request.at(lastNanos - firstNanos));
        tally.imported();
    }

    /** One whose request was rejected may come before there is any. */
    @Override
    public void write(PackedMessage message) throws IOException {
        if (writer != null) writer.write(message.at(message.offsetNanos() - firstNanos));
    }

    private void begin(long nanos) throws IOException {
        firstNanos = nanos;
        writer = TraceOutput.create(path, new TraceHeader(instant(nanos), source, notes(keepsBodies)), redaction);
    }

    /** What a trace of packets says of itself. */
    static Map<String, String> notes(boolean keepsBodies) {
        return Map.of(
                "latency", "From the first byte of the request to the last byte of the response, where captured.",
                "requestBodies", keepsBodies ? "Kept where small enough." : "Only their size was kept.",
                "paths", "Bytes outside visible ASCII are percent-encoded.");
    }

    /** What became of everything up to now. */
    CaptureAccount account(List<CaptureAccount.Input> inputs, long kernelDrops) {
        Map<String, Long> rejected = tally.rejected();
        long read = tally.importedSoFar()
                + rejected.values().stream().mapToLong(Long::longValue).sum();
        return new CaptureAccount(
                read,
                tally.importedSoFar(),
                rejected,
                tally.rejectPlaces(),
                inputs,
                tally.packets(kernelDrops),
                writer == null ? null : instant(firstNanos),
                writer == null ? null : instant(lastNanos),
                writer == null ? Map.of() : writer.masked());
    }

    @Override
    public void close() throws IOException {
        if (writer != null) writer.close();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
