package io.tierdrill.recorder.output;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceCopy;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A trace being written by a recorder. Every request passes the redaction here, so that no recorder can forget it. One
 * thread.
 */
public final class TraceOutput implements AutoCloseable {
    private final TraceWriter writer;
    private final Redaction redaction;

    private TraceOutput(TraceWriter writer, Redaction redaction) {
        this.writer = writer;
        this.redaction = redaction;
    }

    /** A new trace, readable by its owner only; what was in the file is gone. The redaction's notes are added. */
    public static TraceOutput create(Path path, TraceHeader header, RedactionConfig config) throws IOException {
        return create(path, header, Redaction.of(config));
    }

    private static TraceOutput create(Path path, TraceHeader header, Redaction redaction) throws IOException {
        return new TraceOutput(TraceWriter.create(path, masked(header, redaction)), redaction);
    }

    private static TraceHeader masked(TraceHeader header, Redaction redaction) {
        Map<String, String> notes = new HashMap<>();
        header.notes().forEach((name, note) -> notes.put(redaction.apply(name), redaction.apply(note)));
        notes.putAll(redaction.notes());
        return new TraceHeader(header.start(), redaction.apply(header.source()), notes);
    }

    /** A new trace of requests that are masked and encoded already, by these {@link MaskedRequests}. */
    public static TraceOutput create(Path path, TraceHeader header, MaskedRequests requests) throws IOException {
        return create(path, header, requests.redaction());
    }

    /**
     * A trace whose header is known at its end only, whole.
     *
     * @param begun closed, made with {@link #create(Path, TraceHeader, MaskedRequests)} by the same requests and any header;
     *     of no use afterwards
     */
    public static void finish(Path begun, TraceHeader header, MaskedRequests requests, Path path) throws IOException {
        try {
            TraceCopy.under(masked(header, requests.redaction()), begun, path);
        } catch (BadInputException damaged) {
            throw new IOException("the trace being written was changed by somebody else", damaged);
        }
    }

    /**
     * A new trace made of others whose requests were masked when those were written: they stay as they are, so that
     * pseudonyms keep their meaning. What the notes say of their redaction stays too.
     */
    public static TraceOutput ofMasked(Path path, TraceHeader header) throws IOException {
        if (!Redaction.wasApplied(header.notes()))
            throw new IllegalArgumentException("the notes tell of no redaction: " + header.notes());
        return new TraceOutput(
                TraceWriter.create(path, header),
                Redaction.of(RedactionConfig.defaults().off()));
    }

    /**
     * Goes on with a trace that was masked in the same way, under the same key.
     *
     * @throws BadInputException when it was not, so that the same secret would be two pseudonyms, or masked in one half only;
     *     then the trace is left as it is
     */
    public static TraceOutput append(Path path, RedactionConfig config) throws IOException, BadInputException {
        Redaction redaction = Redaction.of(config);
        Map<String, String> before;
        try (TraceReader reader = TraceReader.open(path)) {
            before = reader.header().notes();
        }
        Optional<Problem> differs = SameMask.check(path, before, redaction.notes());
        if (differs.isPresent()) throw new BadInputException(differs.get());
        return new TraceOutput(TraceWriter.append(path), redaction);
    }

    /** Adds a request, redacted. Requests come in order of their offset. */
    public void write(RequestRecord raw) throws IOException {
        writer.write(redaction.apply(raw));
    }

    /** The same for a request that its carrier has packed. */
    public void write(PackedRequest raw) throws IOException {
        writer.write(raw.offsetNanos(), record -> redaction.encode(raw, record));
    }

    /** Adds a message on a WebSocket; whose it is becomes what it becomes in the request that opened it. */
    public void write(PackedMessage raw) throws IOException {
        writer.write(raw, record -> redaction.encodePeer(raw.peer(), record));
    }

    /** Whether messages can be added; not where an old trace is gone on with. */
    public boolean takesMessages() {
        return writer.takesMessages();
    }

    /** Messages in the file and on their way to it. */
    public long messages() {
        return writer.messages();
    }

    /** Of these, the ones that survive a kill. */
    public long flushedMessages() {
        return writer.flushedMessages();
    }

    /**
     * Adds a request that {@link MaskedRequests} has masked and encoded.
     *
     * @param masked holds it, between {@code from} and {@code to}
     */
    public void write(long offsetNanos, byte[] masked, int from, int to) throws IOException {
        writer.write(offsetNanos, masked, MaskedRequests.tailFrom(masked, from), to);
    }

    /** Requests in the file and on their way to it. */
    public long count() {
        return writer.count();
    }

    /** Of these, the ones that survive a kill. */
    public long flushed() {
        return writer.flushed();
    }

    /** Offset of the last request or message in nanoseconds, also of one from before an append; 0 where there is none. */
    public long lastOffset() {
        return writer.lastOffset();
    }

    /** Bytes in the file, and the most that the next flush can add to them. */
    public long bytes() {
        return writer.bytes();
    }

    /** What the footer says from the next flush on; see {@link TraceWriter#footer}. */
    public void footer(TraceFooter now) {
        writer.footer(now);
    }

    /** How much of each kind the redaction has masked since this output was opened. */
    public Map<String, Long> masked() {
        return redaction.masked();
    }

    /** Everything written so far survives a kill of this process from here on. */
    public void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
