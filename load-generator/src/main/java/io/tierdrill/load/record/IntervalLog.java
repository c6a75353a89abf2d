package io.tierdrill.load.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Keeps interval after interval: puts those of all loops together, adds it to the totals and writes it to an HdrHistogram log, on a thread of its own so
 * that compressing and the disk never make a request late. Timestamps are seconds since the start of the measured
 * time; values are nanoseconds, maxima are logged in milliseconds as is the custom.
 *
 * <p>{@link #swap} and {@link #end} are for the threads that measure, {@link #finish} for the one that waits for them.
 */
final class IntervalLog implements Runnable, AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    /** Half a minute may pass on a stuck disk before intervals grow longer. */
    private static final int DEPTH = 32;

    private final BlockingQueue<Interval> full;
    private final BlockingQueue<Interval> clean;
    private final Interval end = new Interval();
    private final Confluence confluence;
    private final Interval totals = new Interval();
    private final Optional<PrintStream> out;
    private final Optional<HistogramLogWriter> writer;
    private final SecondWatcher watcher;
    private final Thread thread = new Thread(this, "load-histograms");

    IntervalLog(int loops, Optional<Path> file, SecondWatcher watcher) throws IOException {
        this.watcher = watcher;
        full = new ArrayBlockingQueue<>(DEPTH * loops);
        clean = new ArrayBlockingQueue<>(DEPTH * loops);
        confluence = new Confluence(loops);
        out = file.isPresent() ? Optional.of(open(file.get())) : Optional.empty();
        writer = out.map(HistogramLogWriter::new);
        writer.ifPresent(w -> {
            w.outputComment("[times: seconds since the start of the measured time; values: nanoseconds]");
            w.outputLogFormatVersion();
            w.outputLegend();
        });
        for (int i = 0; i < 2 * loops; i++) clean.add(new Interval());
        thread.setDaemon(true);
        thread.start();
    }

    private static PrintStream open(Path file) throws IOException {
        return new PrintStream(
                new BufferedOutputStream(Files.newOutputStream(file)), false, StandardCharsets.ISO_8859_1);
    }

    /** Takes a full interval and gives an empty one; gives the same back, unemptied, when the writer is behind. */
    Interval swap(Interval interval) {
        if (!full.offer(interval)) return interval;
        Interval next = clean.poll();
        return next == null ? new Interval() : next;
    }

    /** Takes a loop's last interval. */
    void end(Interval interval) throws InterruptedException {
        interval.last = true;
        full.put(interval);
    }

    /** Waits until all is written and gives the sum. */
    Interval finish() throws InterruptedException, IOException {
        full.put(end);
        thread.join();
        writer.ifPresent(HistogramLogWriter::close);
        if (out.isPresent() && out.get().checkError()) throw new IOException("the histogram log could not be written");
        return totals;
    }

    /** Ends the thread where {@link #finish} was never reached. */
    @Override
    public void close() {
        thread.interrupt();
        out.ifPresent(PrintStream::close);
    }

    @Override
    public void run() {
        try {
            for (Interval next = full.take(); next != end; next = full.take()) {
                confluence.add(next, this::wash);
                while (confluence.isWhole()) keep(confluence.take(this::wash));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void wash(Interval used) {
        used.clear();
        clean.offer(used);
    }

    private void keep(Interval interval) {
        if (confluence.isOver() && interval.latency.getTotalCount() == 0) return;
        totals.add(interval);
        write(interval, interval.latency);
        write(interval, interval.service);
        write(interval, interval.lateness);
        if (interval.held.getTotalCount() > 0) write(interval, interval.held);
        out.ifPresent(PrintStream::flush);
        watcher.over(interval.lent());
    }

    private void write(Interval interval, Histogram histogram) {
        writer.ifPresent(w -> w.outputIntervalHistogram(
                interval.startNanos / NANOS_PER_SECOND,
                interval.endNanos / NANOS_PER_SECOND,
                histogram,
                NANOS_PER_MILLI));
    }
}
