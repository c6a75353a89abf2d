package io.tierdrill.load.record;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;

/**
 * What is kept of one sending loop. Its thread reports each send and each ending and lets it know of the time; nothing
 * here is shared with another loop until a second is over. Requests due before zero are warm-up: they move the counters
 * of the snapshot and nothing else.
 */
public final class LoopRecord {
    private static final long SECOND = 1_000_000_000;

    private final IntervalLog log;
    private final int loop;
    private final Counts counts = new Counts();
    private Interval current;
    private long intervalEnd = SECOND;
    private long doneAtLastTick;
    private volatile double recentPerSecond;
    private long nextTick = Long.MIN_VALUE;

    private long requests;
    private long responses;
    private long sends;
    private long sendsSummedUp;
    private long connectionsOpened;
    private long firstDue;
    private long lastDue;
    private long lastSent;
    private long lastDone;

    /** @param loop which one, from 0 */
    LoopRecord(IntervalLog log, int loop) {
        this.log = log;
        this.loop = loop;
        this.current = new Interval();
        this.current.loop = loop;
    }

    /**
     * A request was acted on.
     *
     * @param actedNanos when it was sent, or when it would have been but for what it had to wait for
     */
    public void sent(long dueNanos, long actedNanos) {
        counts.sent();
        if (dueNanos < 0) return;
        if (sends++ == 0) firstDue = dueNanos;
        lastDue = dueNanos;
        lastSent = actedNanos;
    }

    /** A request has ended that nothing had held. */
    public void ended(RequestSample s) {
        ended(s.dueNanos(), s.sentNanos(), 0, s.doneNanos(), s.outcome(), s.status(), s.responseBytes());
    }

    /**
     * A request has ended.
     *
     * @param sentNanos when it went out: was looked up, connected or written
     * @param heldNanos of the time before, waiting for its user's earlier request or for a free connection of a pool.
     *     Part of the latency, never of the lateness
     * @param status of the answer, zero where there was none
     * @param bytes of the answer's body
     */
    public void ended(
            long dueNanos, long sentNanos, long heldNanos, long doneNanos, Outcome outcome, int status, long bytes) {
        long lateness = sentNanos - heldNanos - dueNanos;
        counts.done(outcome.isError(), doneNanos - dueNanos, doneNanos - sentNanos, lateness);
        if (dueNanos < 0) return;
        current.take(dueNanos, sentNanos, heldNanos, doneNanos);
        current.count(outcome, bytes);
        requests++;
        if (outcome == Outcome.OK || outcome == Outcome.SERVER_ERROR) responses++;
        lastDone = doneNanos;
    }

    /** So many connections were opened so far. */
    public void connections(long opened) {
        connectionsOpened = opened;
    }

    /** It is now so late: closes a second that is over. */
    public void tick(long nowNanos) {
        if (nowNanos < nextTick) return;
        long done = counts.allDone();
        if (nextTick != Long.MIN_VALUE) recentPerSecond = done - doneAtLastTick;
        doneAtLastTick = done;
        nextTick = Math.floorDiv(nowNanos, SECOND) * SECOND + SECOND;
        if (nowNanos >= intervalEnd) closeInterval(nowNanos);
    }

    /** When {@link #tick} has something to do. */
    public long nextTickNanos() {
        return nextTick;
    }

    /** After a stall of seconds the interval covers them all, for its samples may come from any of them. */
    private void closeInterval(long nowNanos) {
        long end = Math.max(intervalEnd, Math.floorDiv(nowNanos, SECOND) * SECOND);
        current.endNanos = end;
        sumUp();
        Interval next = log.swap(current);
        if (next != current) begin(next, end);
        intervalEnd = end + SECOND;
    }

    private void begin(Interval next, long startNanos) {
        next.loop = loop;
        next.startNanos = startNanos;
        current = next;
    }

    private void sumUp() {
        current.sent += sends - sendsSummedUp;
        sendsSummedUp = sends;
        current.lastDueNanos = lastDue;
        current.connectionsOpened = connectionsOpened;
        current.inFlight = counts.allSent() - counts.allDone();
    }

    /** This loop has ended. */
    public void finish(long nowNanos) throws InterruptedException {
        current.endNanos = Math.max(current.startNanos, nowNanos);
        sumUp();
        log.end(current);
    }

    Counts counts() {
        return counts;
    }

    double recentPerSecond() {
        return recentPerSecond;
    }

    long requests() {
        return requests;
    }

    long responses() {
        return responses;
    }

    long sends() {
        return sends;
    }

    long firstDue() {
        return firstDue;
    }

    long lastDue() {
        return lastDue;
    }

    long lastSent() {
        return lastSent;
    }

    long lastDone() {
        return lastDone;
    }
}
