package io.tierdrill.profiler;

import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.profiler.scrape.Scraper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Watches processes, tiers and the machine at every tick of a fixed interval, on one daemon thread of its own, until it
 * is closed. All methods are safe from any thread; samples are handed over on the profiler's thread.
 *
 * <p>A process that ends yields no more samples and harms no others; whatever took its place is made known with
 * {@link #watch}. If the receiver of samples or an in-process supplier throws, profiling stops there and {@link #close}
 * says so: half a profile must not pass for a whole one.
 */
public final class Profiler implements AutoCloseable {
    /** Long against the answer of a saturated tier, short against a run: after it the connection is opened anew. */
    private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(2);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NanoClock clock;
    private final Scraper scraper;
    private final Sampler sampler;
    private final TickPlan plan;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Queue<Watched> toWatch = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "profiler");
    private volatile boolean closing;
    private volatile Cost cost = new Cost(0, 0, 0, 0);
    private volatile Optional<Throwable> failure = Optional.empty();

    /**
     * What the profiler did and what it took.
     *
     * @param ticks taken
     * @param missed ticks that fell out because the one before was not done, or the machine was too busy
     * @param failedScrapes questions for metrics that got no usable answer
     * @param cpuSeconds of the profiler's thread
     */
    public record Cost(long ticks, long missed, long failedScrapes, double cpuSeconds) {}

    private Profiler(ProfileConfig config, NanoClock clock, Scraper scraper, Sampler sampler) {
        this.clock = clock;
        this.scraper = scraper;
        this.sampler = sampler;
        this.plan = new TickPlan(config.interval().toNanos(), clock.nanos());
        thread.setDaemon(true);
    }

    /**
     * Starts profiling.
     *
     * @param inProcess tiers of this very process, such as the injector, asked on the same ticks
     * @param clock the run's clock: its zero is the start of the measured time
     * @param samples receives everything seen
     * @throws IOException if this process may not open more descriptors
     */
    public static Profiler start(
            ProfileConfig config,
            List<Watched> watched,
            Map<InstanceId, Supplier<Optional<TierSample>>> inProcess,
            NanoClock clock,
            Consumer<Sample> samples)
            throws IOException {
        Scraper scraper = new Scraper(clock, SCRAPE_TIMEOUT, samples);
        Profiler profiler = new Profiler(config, clock, scraper, new Sampler(clock, scraper, inProcess, samples));
        profiler.toWatch.addAll(watched);
        profiler.thread.start();
        return profiler;
    }

    /** From the next tick on watches this process as that instance, in place of the one before it. */
    public void watch(Watched watched) {
        toWatch.add(watched);
    }

    /** Ticks that were not kept. */
    public long missed() {
        return cost.missed();
    }

    /** Up to the last tick. */
    public Cost cost() {
        return cost;
    }

    /** @throws IllegalStateException if profiling had stopped before, with the reason as its cause */
    @Override
    public void close() {
        closing = true;
        scraper.wakeup();
        LockSupport.unpark(thread);
        join();
        if (failure.isPresent()) throw new IllegalStateException("the profiler stopped early", failure.get());
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException wait) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void run() {
        try (sampler) {
            long ticks = 0;
            while (!closing) {
                long wait = plan.due() - clock.nanos();
                if (wait > 0) {
                    await(wait);
                    continue;
                }
                tick();
                plan.taken(clock.nanos());
                double cpuSeconds = threads.getCurrentThreadCpuTime() / 1e9;
                cost = new Cost(++ticks, plan.missed(), scraper.failures(), cpuSeconds);
            }
        } catch (IOException | RuntimeException | Error stop) {
            failure = Optional.of(stop);
        }
    }

    private void tick() {
        for (Watched next = toWatch.poll(); next != null; next = toWatch.poll()) sampler.watch(next);
        sampler.tick();
    }

    /** The selector waits in whole milliseconds; what is left of one is slept off precisely. */
    private void await(long nanos) {
        scraper.serve(nanos);
        if (nanos < NANOS_PER_MILLI) LockSupport.parkNanos(nanos);
    }
}
