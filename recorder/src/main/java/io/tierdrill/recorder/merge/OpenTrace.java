package io.tierdrill.recorder.merge;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** One trace, at its next request or message. One thread. */
final class OpenTrace implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final Path path;
    private final int number;
    private final TraceReader reader;
    private TraceEntry next;
    private long instant;
    private long requests;
    private long messages;

    private OpenTrace(Path path, int number, TraceReader reader) {
        this.path = path;
        this.number = number;
        this.reader = reader;
    }

    /** @param number of the trace among those merged; of two requests at a time, that of the lower comes first */
    static OpenTrace open(Path path, int number) throws IOException, BadInputException {
        return new OpenTrace(path, number, TraceReader.open(path));
    }

    TraceHeader header() {
        return reader.header();
    }

    /**
     * Moves to the next request or message; false at the end.
     *
     * @throws BadInputException when it is earlier than the one before: then no merge could put it in its place
     */
    boolean advance() throws BadInputException {
        if (!reader.hasNextEntry()) return false;
        next = reader.nextEntry();
        long then = epochNanos(reader.header().start()) + next.offsetNanos();
        if (next instanceof RequestRecord) requests++;
        else messages++;
        if (requests + messages > 1 && then < instant) throw new BadInputException(disorder(instant - then));
        instant = then;
        return true;
    }

    TraceEntry next() {
        return next;
    }

    /** When it arrived, in nanoseconds of the epoch. */
    long instant() {
        return instant;
    }

    int number() {
        return number;
    }

    /** What its recorder could not write; none where it does not tell. */
    Map<String, Long> dropped() {
        return reader.footer().map(TraceFooter::dropped).orElse(Map.of());
    }

    /** Complete at the end of the trace. */
    MergeAccount.Input account() {
        TraceHeader header = reader.header();
        return new MergeAccount.Input(
                path.toString(),
                requests,
                messages,
                header.start(),
                header.source(),
                reader.damage().orElse(""));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    static long epochNanos(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
    }

    private Problem disorder(long nanos) {
        return new Problem(
                path.toString(),
                "",
                (next instanceof RequestRecord ? "request " + requests : "message " + messages) + " is " + nanos
                        + " ns earlier than the one before it",
                "Requests of a trace stand in order of time. This file was not written by Tierdrill, or was changed.");
    }
}
