package io.tierdrill.load.replay;

import io.tierdrill.load.identity.NewUser;
import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One trace in the order its requests and those of the copies are due. A request recorded at {@code o} of a trace that
 * begins at {@code f} and stands for {@code P} is due in round {@code k} at
 *
 * <pre>  (o - f + k P) / speed</pre>
 *
 * and copy {@code c} of its user acts {@code u_c D(o - f)} of trace time later, see {@link Spread}. Each is computed from
 * its own offset. Memory holds the copies that wait for their moment and a block of the trace, whatever its length. Not
 * thread-safe.
 */
final class PartReplay implements AutoCloseable {
    private final Path trace;
    private final int part;
    private final TraceSurvey survey;
    private final Crowd crowd;
    private final UserCount count;
    /** Each user once, all the time: nobody's chance is asked. */
    private final boolean asRecorded;

    private final Spread spread;
    private final double speed;
    private final boolean loop;
    private final long lengthNanos;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::order));
    private final boolean tellsReuse;
    private TraceReader reader;
    private Optional<ConnectionEnds> ends = Optional.empty();
    private long round;
    private long order;
    /** Read and not yet among those that wait; null when the trace has ended. */
    private RequestRecord upcoming;

    private Reuse reuseOfUpcoming = Reuse.UNKNOWN;
    private Reuse reuseOfLast = Reuse.UNKNOWN;

    /** A request at its moment, by one copy; the order keeps ties as they were read. */
    private record Waiting(long due, long order, RequestRecord request, int copy, Reuse reuse) {}

    PartReplay(
            MixPart mixed,
            int part,
            TraceSurvey survey,
            Crowd crowd,
            UserCount count,
            double speed,
            boolean loop,
            boolean tellsReuse,
            long lengthNanos)
            throws IOException, BadInputException {
        this.trace = mixed.trace();
        this.part = part;
        this.survey = survey;
        this.crowd = crowd;
        this.count = count;
        this.asRecorded = !count.changes() && count.at(0, 0) == 1;
        this.spread = Spread.of(survey.grid(), survey.meanGap());
        this.speed = speed;
        this.loop = loop;
        this.tellsReuse = tellsReuse;
        this.lengthNanos = lengthNanos;
        open();
        this.upcoming = read();
        fill();
    }

    long plannedNanos() {
        if (loop) return lengthNanos;
        return Math.min(lengthNanos, Math.max(1, Math.round(survey.periodNanos() / speed)));
    }

    double busiestPerSecond() {
        return count.busiestPerSecond(survey.grid(), speed);
    }

    /** When the next one is due; {@code Long.MAX_VALUE} when there is none. */
    long due() {
        return waiting.isEmpty() || waiting.peek().due() >= lengthNanos
                ? Long.MAX_VALUE
                : waiting.peek().due();
    }

    RequestRecord next() {
        Waiting w = waiting.remove();
        reuseOfLast = w.reuse();
        fill();
        return inPace(NewUser.of(w.request(), part, w.copy(), w.due()));
    }

    /** Whether the connection of the request given last is used again; known where it was asked for. */
    Reuse reuse() {
        return reuseOfLast;
    }

    /**
     * What a request took is part of the trace's time and moves with it: the order within a user is told by what had
     * ended before what began, at any speed.
     */
    private RequestRecord inPace(RequestRecord r) {
        if (speed == 1 || r.response().flatMap(Response::latencyNanos).isEmpty()) return r;
        Response recorded = r.response().get();
        Optional<Long> took = recorded.latencyNanos().map(nanos -> Math.round(nanos / speed));
        return new RequestRecord(
                r.offsetNanos(),
                r.client(),
                r.connection(),
                r.user(),
                r.scheme(),
                r.method(),
                r.authority(),
                r.path(),
                r.headers(),
                r.body(),
                Optional.of(new Response(recorded.status(), recorded.bytes(), took, recorded.messages())));
    }

    /** Whether something was said on WebSockets. */
    boolean hasMessages() {
        return !survey.messages().isEmpty();
    }

    /** How many are held in memory, for tests. */
    int alive() {
        return waiting.size();
    }

    @Override
    public void close() {
        try {
            closeFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeFiles() throws IOException {
        reader.close();
        if (ends.isPresent()) ends.get().close();
    }

    /** Nobody acts before the one recorded does, so what is due before the next of the trace is in its final order. */
    private void fill() {
        while (upcoming != null
                && (waiting.isEmpty()
                        || due(traceTime(upcoming)) <= waiting.peek().due())) {
            if (due(traceTime(upcoming)) >= lengthNanos) {
                upcoming = null;
                return;
            }
            admit(upcoming);
            upcoming = read();
        }
    }

    private void admit(RequestRecord r) {
        long time = traceTime(r);
        if (asRecorded) {
            await(r, due(time), 0, reuseOfUpcoming);
            return;
        }
        long behind = Math.min(spread.at(time), Math.max(0, survey.periodNanos() - time));
        double most = count.most(time, time + behind, round);
        Crowd.Draw draw = crowd.draw(r);
        // Who may leave in the midst of a visit, or is sampled by request, does not come again for sure.
        Reuse reuse = draw.isWhole() && !count.changes() ? reuseOfUpcoming : reuseOfUpcoming.ofSome();
        for (int copy = 0; copy < most; copy++) {
            long at = time + (long) (draw.share(copy) * behind);
            if (!draw.acts(copy, count.at(at, round))) continue;
            await(r, due(at), copy, reuse);
        }
    }

    private void await(RequestRecord r, long due, int copy, Reuse reuse) {
        RequestRecord withMessages = survey.messages().with(r, speed, lengthNanos - due);
        waiting.add(new Waiting(due, order++, withMessages, copy, reuse));
    }

    private RequestRecord read() {
        while (true) {
            while (reader.hasNext()) {
                RequestRecord r = reader.next();
                if (r.offsetNanos() >= survey.endNanos()) break;
                if (!survey.holds(r)) continue;
                if (ends.isPresent()) reuseOfUpcoming = ends.get().of(r);
                return r;
            }
            boolean nobody = order == 0 && !count.changes();
            if (!loop || nobody) return null;
            reopen();
        }
    }

    private long traceTime(RequestRecord r) {
        return r.offsetNanos() - survey.firstNanos();
    }

    private long due(long traceTime) {
        return Math.round((traceTime + (double) round * survey.periodNanos()) / speed);
    }

    private void open() throws IOException, BadInputException {
        reader = TraceReader.open(trace);
        if (tellsReuse) ends = Optional.of(new ConnectionEnds(trace, survey));
    }

    private void reopen() {
        try {
            closeFiles();
            open();
            round++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadInputException changed) {
            throw new UncheckedIOException(new IOException("the trace changed while it was replayed", changed));
        }
    }
}
