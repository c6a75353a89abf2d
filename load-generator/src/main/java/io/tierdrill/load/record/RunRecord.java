package io.tierdrill.load.record;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything kept of a run while it goes on. The injector's thread reports each send and each ending and lets it know
 * of the time; any thread may take a {@link Snapshot}. Requests due before zero are warm-up: they move the snapshot's
 * counters and nothing else.
 */
public final class RunRecord implements AutoCloseable {
    private static final long SECOND = 1_000_000_000;

    private final IntervalLog log;
    private final Counts counts = new Counts();
    private final long[] outcomes = new long[Outcome.values().length];
    private Interval current = new Interval();
    private long intervalEnd = SECOND;
    private long doneAtLastTick;
    private volatile double recentPerSecond;
    private long nextTick = Long.MIN_VALUE;

    private long requests;
    private long responses;
    private long sends;
    private long firstDue;
    private long lastDue;
    private long lastSent;
    private long lastDone;

    /** @param hlog where the histogram log goes, if anywhere */
    public RunRecord(Optional<Path> hlog) throws IOException {
        log = new IntervalLog(hlog);
    }

    /** A request was acted on. */
    public void sent(long dueNanos, long sentNanos) {
        counts.sent();
        if (dueNanos < 0) return;
        if (sends++ == 0) firstDue = dueNanos;
        lastDue = dueNanos;
        lastSent = sentNanos;
    }

    /** A request has ended. */
    public void ended(RequestSample s) {
        counts.done(s.outcome().isError(), s.latencyNanos(), s.serviceNanos(), s.latenessNanos());
        if (s.dueNanos() < 0) return;
        current.take(s);
        outcomes[s.outcome().ordinal()]++;
        requests++;
        if (s.outcome() == Outcome.OK || s.outcome() == Outcome.SERVER_ERROR) responses++;
        lastDone = s.doneNanos();
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
        Interval next = log.swap(current);
        if (next != current) next.startNanos = end;
        current = next;
        intervalEnd = end + SECOND;
    }

    /** Writes what is left and sums up. */
    public Totals finish(long nowNanos) throws IOException, InterruptedException {
        current.endNanos = Math.max(current.startNanos, nowNanos);
        if (current.latency.getTotalCount() > 0) log.swap(current);
        Interval sum = log.finish();
        return new Totals(
                requests,
                responses,
                outcomes.clone(),
                sends,
                firstDue,
                lastDue,
                lastSent,
                lastDone,
                sum.latency,
                sum.service,
                sum.lateness);
    }

    /** Lets go of the writer, also where the run broke off. */
    @Override
    public void close() {
        log.close();
    }

    /** How it stands; from any thread. */
    public Snapshot snapshot() {
        long done = counts.allDone();
        return new Snapshot(
                counts.allSent(),
                done,
                counts.allErrors(),
                recentPerSecond,
                log.recentP99Micros(),
                counts.latencySeconds(),
                counts.serviceSeconds(),
                counts.latenessSeconds());
    }

    /** Counts so far, warm-up included; sums are over those done. */
    public record Snapshot(
            long sent,
            long done,
            long errors,
            double recentPerSecond,
            Optional<Double> recentP99Micros,
            double latencySeconds,
            double serviceSeconds,
            double latenessSeconds) {}
}
