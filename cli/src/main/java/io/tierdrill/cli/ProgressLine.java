package io.tierdrill.cli;

import io.tierdrill.load.InjectorProgress;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows that something is happening: on a terminal one living line, elsewhere a plain line every few seconds. Shows
 * phases at once and the injector's progress while requests flow. Ctrl-C while they flow ends the run early with what
 * was done; a second one ends the process at once. The methods belong to the thread that runs the experiment.
 */
final class ProgressLine implements Rehearsal, AutoCloseable {
    private static final Duration LIVE = Duration.ofMillis(500);
    private static final Duration PLAIN = Duration.ofSeconds(5);

    private final LiveLine line;
    private final NanoClock clock;
    private final long begin;
    private final StopSignals signals = new StopSignals(this::stopping);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private Optional<ScheduledFuture<?>> ticking = Optional.empty();

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
    public synchronized void sending(Supplier<InjectorProgress> progress, Runnable stop) {
        signals.endBy(stop);
        Duration every = line.living() ? LIVE : PLAIN;
        ticking = Optional.of(ticker.scheduleAtFixedRate(
                () -> show(progress.get()), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public synchronized void sent() {
        ticking.ifPresent(t -> t.cancel(false));
        ticking = Optional.empty();
    }

    private synchronized void stopping() {
        phase(
                ticking.isEmpty()
                        ? "the run is over and its result is being written; Ctrl-C again ends at once, without it"
                        : "stopping: the last answers are waited for; Ctrl-C again ends at once, without a result");
    }

    private synchronized void show(InjectorProgress p) {
        if (ticking.isPresent()) line.show(text(p));
    }

    /** How far, how fast, how well, and how late. */
    static String text(InjectorProgress p) {
        String held =
                p.recentHeldP99Micros().map(h -> "  held p99 " + millis(h)).orElse("");
        return String.format(
                Locale.ROOT,
                "%6.1f of %.0f s  %,.0f req/s  p99 %s  %,d errors  %,d in flight  late p99 %s%s",
                p.elapsedNanos() / 1e9,
                p.plannedNanos() / 1e9,
                p.recentPerSecond(),
                figure(p.recentP99Micros()),
                p.errors(),
                p.inFlight(),
                figure(p.recentLatenessP99Micros()),
                held);
    }

    private static String figure(Optional<Double> micros) {
        return micros.map(ProgressLine::millis).orElse("...");
    }

    private static String millis(double micros) {
        String form = micros < 1_000 ? "%.2f ms" : micros < 10_000 ? "%.1f ms" : "%.0f ms";
        return String.format(Locale.ROOT, form, micros / 1e3);
    }

    @Override
    public synchronized void close() {
        signals.close();
        ticker.shutdownNow();
        line.wipe();
    }
}
