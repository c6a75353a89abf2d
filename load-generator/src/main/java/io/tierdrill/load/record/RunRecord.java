package io.tierdrill.load.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Everything kept of a run while it goes on: each sending loop reports to a {@link LoopRecord} of its own, and their
 * seconds are put together, exactly, on the thread that keeps the histograms. Any thread may take a {@link Snapshot}.
 */
public final class RunRecord implements AutoCloseable {
    private final IntervalLog log;
    private final List<LoopRecord> loops;

    /**
     * @param loops how many send
     * @param hlog where the histogram log goes, if anywhere
     * @param watcher told of each second that is over
     */
    public RunRecord(int loops, Optional<Path> hlog, SecondWatcher watcher) throws IOException {
        log = new IntervalLog(loops, hlog, watcher);
        this.loops =
                IntStream.range(0, loops).mapToObj(i -> new LoopRecord(log, i)).toList();
    }

    /** For the thread of this loop, counted from 0. */
    public LoopRecord loop(int loop) {
        return loops.get(loop);
    }

    /** Writes what is left and sums up; when every loop has finished. */
    public Totals finish() throws IOException, InterruptedException {
        Interval sum = log.finish();
        return new Totals(
                sum(LoopRecord::requests),
                sum(LoopRecord::responses),
                sum.outcomes,
                sum(LoopRecord::sends),
                whoSent().mapToLong(LoopRecord::firstDue).min().orElse(0),
                latest(LoopRecord::lastDue),
                latest(LoopRecord::lastSent),
                latest(LoopRecord::lastDone),
                sum.latency,
                sum.service,
                sum.lateness,
                sum.held);
    }

    private long sum(ToLongFunction<LoopRecord> of) {
        return loops.stream().mapToLong(of).sum();
    }

    private Stream<LoopRecord> whoSent() {
        return loops.stream().filter(l -> l.sends() > 0);
    }

    private long latest(ToLongFunction<LoopRecord> of) {
        return whoSent().mapToLong(of).max().orElse(0);
    }

    /** Lets go of the writer, also where the run broke off. */
    @Override
    public void close() {
        log.close();
    }

    /** How it stands; from any thread. */
    public Snapshot snapshot() {
        long done = counted(Counts::allDone).sum(); // First, so that there are never more done than sent.
        return new Snapshot(
                counted(Counts::allSent).sum(),
                done,
                counted(Counts::allErrors).sum(),
                loops.stream().mapToDouble(LoopRecord::recentPerSecond).sum(),
                counted(Counts::latencyNanos).sum() / 1e9,
                counted(Counts::serviceNanos).sum() / 1e9,
                counted(Counts::latenessNanos).sum() / 1e9);
    }

    private LongStream counted(ToLongFunction<Counts> of) {
        return loops.stream().map(LoopRecord::counts).mapToLong(of);
    }

    /** Counts so far, warm-up included; sums are over those done. */
    public record Snapshot(
            long sent,
            long done,
            long errors,
            double recentPerSecond,
            double latencySeconds,
            double serviceSeconds,
            double latenessSeconds) {}
}
