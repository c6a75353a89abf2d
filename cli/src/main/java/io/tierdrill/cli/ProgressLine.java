package io.tierdrill.cli;

import io.tierdrill.load.InjectorProgress;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows that something is happening: on a terminal one living line, elsewhere a plain line every few seconds. Shows
 * phases at once and the injector's progress while requests flow. Ctrl-C while they flow ends the run early with what
 * was done. The methods belong to the thread that runs the experiment.
 */
final class ProgressLine implements Rehearsal, AutoCloseable {
    private static final Duration LIVE = Duration.ofMillis(500);
    private static final Duration PLAIN = Duration.ofSeconds(5);

    private final LiveLine line;
    private final NanoClock clock;
    private final long begin;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private ProgressLine(LiveLine line, NanoClock clock) {
        this.line = line;
        this.clock = clock;
        this.begin = clock.nanos();
    }

    static ProgressLine on(PrintWriter out, NanoClock clock) {
        return new ProgressLine(LiveLine.on(out), clock);
    }

    @Override
    public synchronized void phase(String what) {
        line.keep(String.format(Locale.ROOT, "%6.1f s  %s", (clock.nanos() - begin) / 1e9, what));
    }

    @Override
    public void sending(Supplier<InjectorProgress> progress, Runnable stop) {
        Duration every = line.living() ? LIVE : PLAIN;
        ticker.scheduleAtFixedRate(
                () -> show(progress.get()), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void sent() {
        ticker.shutdownNow();
    }

    private synchronized void show(InjectorProgress p) {
        if (ticker.isShutdown()) return;
        line.show(String.format(
                Locale.ROOT,
                "%6.1f s  %,.0f req/s  p99 %s  %,d errors  %,d in flight  %.0f s left",
                (clock.nanos() - begin) / 1e9,
                p.recentPerSecond(),
                p.recentP99Micros().map(ProgressLine::millis).orElse("..."),
                p.errors(),
                p.inFlight(),
                Math.max(0, (p.plannedNanos() - p.elapsedNanos()) / 1e9)));
    }

    private static String millis(Double micros) {
        return String.format(Locale.ROOT, micros < 10_000 ? "%.1f ms" : "%.0f ms", micros / 1e3);
    }

    @Override
    public synchronized void close() {
        ticker.shutdownNow();
        line.wipe();
    }
}
