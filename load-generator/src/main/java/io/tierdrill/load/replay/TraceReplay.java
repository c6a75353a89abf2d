package io.tierdrill.load.replay;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The requests of a trace in the order they are due; {@code offsetNanos} becomes the due time. A request recorded at
 * {@code o} of a trace that begins at {@code f} and lasts {@code P} is due in round {@code k} at
 *
 * <pre>  (o - f + k P) / speed</pre>
 *
 * and its clones up to {@link Clones#SPREAD_NANOS} / speed later. Each is computed from its own offset. Memory holds the
 * clones that wait for their moment and a block of the trace, whatever its length. Not thread-safe.
 */
public final class TraceReplay implements Iterator<RequestRecord>, AutoCloseable {
    private final ReplayConfig config;
    private final Clones clones;
    private final TraceSurvey survey;
    private final double speed;
    private final long lengthNanos;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::order));
    private TraceReader reader;
    private long round;
    private long order;
    /** The next one of the trace, at its due time; nothing when the trace has ended. */
    private Optional<RequestRecord> recorded;

    /** A clone's request at its moment; the order keeps ties as they were read. */
    private record Waiting(long due, long order, RequestRecord request) {}

    /**
     * Reads the trace once to survey it, then opens it to be replayed.
     *
     * @param length requests due at or after it are left out
     * @throws BadInputException where the file is foreign, empty, out of order or not HTTP
     */
    public TraceReplay(ReplayConfig config, Duration length, Seeds seeds) throws IOException, BadInputException {
        this.config = config;
        this.lengthNanos = length.toNanos();
        this.clones = new Clones(config.scale(), seeds);
        this.survey = TraceSurvey.of(config.trace(), clones);
        this.speed = config.rate().map(rate -> rate / survey.meanRate()).orElse(config.speed());
        this.reader = TraceReader.open(config.trace());
        this.recorded = read();
    }

    /** The length asked for, or that of the trace where it ends before and does not loop. */
    public long plannedNanos() {
        if (config.loop()) return lengthNanos;
        long spread = config.scale() > 1 ? Clones.SPREAD_NANOS : 0;
        return Math.min(lengthNanos, Math.max(1, Math.round((survey.periodNanos() + spread) / speed)));
    }

    @Override
    public boolean hasNext() {
        return Math.min(recordedDue(), clonedDue()) < lengthNanos;
    }

    @Override
    public RequestRecord next() {
        if (!hasNext()) throw new NoSuchElementException();
        if (recordedDue() > clonedDue()) return waiting.remove().request();
        RequestRecord request = recorded.orElseThrow();
        addClones(request);
        recorded = read();
        return request;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long recordedDue() {
        return recorded.isPresent() ? recorded.get().offsetNanos() : Long.MAX_VALUE;
    }

    private long clonedDue() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().due();
    }

    /** A clone acts after its original, so the merged order is right with only what was read so far. */
    private void addClones(RequestRecord request) {
        int copies = clones.of(request.client());
        for (int copy = 1; copy < copies; copy++) {
            long due = request.offsetNanos() + Math.round(clones.delayNanos(request.client(), copy) / speed);
            if (due < lengthNanos) waiting.add(new Waiting(due, order++, clones.copy(request, copy, due)));
        }
    }

    private Optional<RequestRecord> read() {
        if (!reader.hasNext() && config.loop()) reopen();
        if (!reader.hasNext()) return Optional.empty();
        RequestRecord r = reader.next();
        return Optional.of(r.at(due(r.offsetNanos())));
    }

    private long due(long offsetNanos) {
        return Math.round((offsetNanos - survey.firstNanos() + (double) round * survey.periodNanos()) / speed);
    }

    private void reopen() {
        try {
            reader.close();
            reader = TraceReader.open(config.trace());
            round++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadInputException changed) {
            throw new UncheckedIOException(new IOException("the trace changed while it was replayed", changed));
        }
    }
}
