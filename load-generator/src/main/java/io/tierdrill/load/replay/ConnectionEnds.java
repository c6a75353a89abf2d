package io.tierdrill.load.replay;

import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells which request of a trace is the last of its connection, by a second reading that runs ahead of the first: up to
 * {@value #HORIZON_SECONDS} s of the trace, for as long as no browser and no balancer in common use keeps a connection
 * that carries nothing. Holds a bit for each request in between and the connections used within that time, of which it
 * forgets the quietest beyond {@value #MOST}; nothing of it grows with the trace. Not thread-safe.
 */
final class ConnectionEnds implements AutoCloseable {
    static final long HORIZON_SECONDS = 300;
    static final int MOST = 1 << 18;
    private static final long HORIZON = HORIZON_SECONDS * 1_000_000_000;
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    /** Bits of requests that are gone are dropped so many at a time. */
    private static final int STRIDE = 1 << 16;

    private final TraceReader ahead;
    private final TraceSurvey survey;
    /** The last request seen of each connection, in the order they were seen. */
    private final Map<Long, Use> latest = new LinkedHashMap<>();
    /** For requests from {@code base} on: whether their connection comes again. */
    private BitSet again = new BitSet();

    private long base;
    private long asked;
    private long read;
    private boolean ended;

    /** A request: its number, and its offset. */
    private static final class Use {
        long number;
        long at;
    }

    ConnectionEnds(Path trace, TraceSurvey survey) throws IOException, BadInputException {
        this.ahead = TraceReader.open(trace);
        this.survey = survey;
    }

    /** Of the next request that the survey holds: to be asked once for each, in their order. */
    Reuse of(RequestRecord request) {
        long number = asked++;
        if (number - base >= STRIDE) dropBits();
        while (read <= number && !ended) readOne();
        if (request.connection().isEmpty()) return Reuse.UNKNOWN;
        Long key = key(request);
        while (!ended && !isAgain(number) && isLatest(key, number)) readOne();
        return isAgain(number) ? Reuse.AGAIN : Reuse.NEVER;
    }

    private boolean isAgain(long number) {
        return again.get((int) (number - base));
    }

    private boolean isLatest(Long key, long number) {
        Use use = latest.get(key);
        return use != null && use.number == number;
    }

    private void readOne() {
        while (ahead.hasNext()) {
            RequestRecord r = ahead.next();
            if (r.offsetNanos() >= survey.endNanos()) break;
            if (!survey.holds(r)) continue;
            if (!r.connection().isEmpty()) saw(key(r), r.offsetNanos());
            read++;
            return;
        }
        ended = true;
    }

    private void saw(Long key, long at) {
        Use use = latest.remove(key);
        if (use == null) use = new Use();
        else if (use.number >= base && at - use.at <= HORIZON) again.set((int) (use.number - base));
        use.number = read;
        use.at = at;
        latest.put(key, use);
        Iterator<Use> quietest = latest.values().iterator();
        for (Use first = quietest.next(); at - first.at > HORIZON || latest.size() > MOST; first = quietest.next())
            quietest.remove();
    }

    private void dropBits() {
        again = again.get(STRIDE, again.length() < STRIDE ? STRIDE : again.length());
        base += STRIDE;
    }

    private static Long key(RequestRecord r) {
        return hash((hash(BASIS, r.client()) ^ 0xff) * PRIME, r.connection());
    }

    private static long hash(long from, String text) {
        long hash = from;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * PRIME;
        return hash;
    }

    /** Connections it remembers, for tests. */
    int remembered() {
        return latest.size();
    }

    @Override
    public void close() throws IOException {
        ahead.close();
    }
}
