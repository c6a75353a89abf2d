package io.tierdrill.profiler.scrape;

import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks instances for their metrics and reads the answers as they come, all on the thread that calls it: a slow one holds
 * up nobody. Samples carry the instant their own answer began. Belongs to one thread but for {@link #wakeup}.
 */
public final class Scraper implements AutoCloseable {
    private static final int OK = 200;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NanoClock clock;
    private final Consumer<Sample> samples;
    private final long timeoutNanos;
    private final Selector selector;
    private final Map<InstanceId, ScrapeTarget> targets = new HashMap<>();
    private long failures;

    /** @param timeout after which an answer is given up and the connection opened anew */
    public Scraper(NanoClock clock, Duration timeout, Consumer<Sample> samples) throws IOException {
        this.clock = clock;
        this.timeoutNanos = timeout.toNanos();
        this.samples = samples;
        this.selector = Selector.open();
    }

    /** From now on asks there for this instance; whatever it asked before is forgotten. */
    public void watch(InstanceId id, URI metrics) {
        forget(id);
        targets.put(id, new ScrapeTarget(id, metrics));
    }

    /** Asks no more for this instance. */
    public void forget(InstanceId id) {
        ScrapeTarget before = targets.remove(id);
        if (before != null) before.close();
    }

    /**
     * Sends a request to each instance that has answered the one before. Does not wait.
     *
     * @param withSignals whether to ask for signals too; who could not be asked then is asked for them the next time
     */
    public void ask(boolean withSignals) {
        long now = clock.nanos();
        for (ScrapeTarget target : targets.values()) {
            try {
                if (withSignals) target.wantSignals();
                target.ask(selector, now, timeoutNanos);
            } catch (IOException failed) {
                fail(target);
            }
        }
    }

    /** Takes what answers are there; waits for the first of them up to that time, in whole milliseconds. */
    public void serve(long waitNanos) {
        try {
            if (waitNanos >= NANOS_PER_MILLI) selector.select(this::proceed, waitNanos / NANOS_PER_MILLI);
            else selector.selectNow(this::proceed);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Ends a wait in {@link #serve}. Any thread. */
    public void wakeup() {
        selector.wakeup();
    }

    /** Questions that got no usable answer: refused, broken off, too late, or not status 200. */
    public long failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        targets.values().forEach(ScrapeTarget::close);
        selector.close();
    }

    private void proceed(SelectionKey key) {
        ScrapeTarget target = (ScrapeTarget) key.attachment();
        try {
            Optional<HttpAnswer> answer = target.proceed(key, clock.nanos());
            if (answer.isEmpty()) return;
            if (answer.get().status() != OK) failures++;
            else
                MetricText.samples(
                                target.id(),
                                target.answeredNanos(),
                                answer.get().body())
                        .forEach(samples);
        } catch (IOException failed) {
            fail(target);
        }
    }

    private void fail(ScrapeTarget target) {
        failures++;
        target.close();
    }
}
