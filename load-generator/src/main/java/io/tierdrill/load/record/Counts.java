package io.tierdrill.load.record;

import java.util.concurrent.atomic.AtomicLong;

/** Counters that one thread raises and any thread reads; raising one costs a plain store. Warm-up is counted too. */
final class Counts {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong latencyNanos = new AtomicLong();
    private final AtomicLong serviceNanos = new AtomicLong();
    private final AtomicLong latenessNanos = new AtomicLong();

    void sent() {
        raise(sent, 1);
    }

    void done(boolean error, long latency, long service, long lateness) {
        raise(latencyNanos, latency);
        raise(serviceNanos, service);
        raise(latenessNanos, lateness);
        if (error) raise(errors, 1);
        raise(done, 1);
    }

    /** A single writer needs no read-modify-write. */
    private static void raise(AtomicLong counter, long by) {
        counter.lazySet(counter.getPlain() + by);
    }

    /** Read before {@link #allSent}, so that there are never more done than sent. */
    long allDone() {
        return done.get();
    }

    long allSent() {
        return sent.get();
    }

    long allErrors() {
        return errors.get();
    }

    long latencyNanos() {
        return latencyNanos.get();
    }

    long serviceNanos() {
        return serviceNanos.get();
    }

    long latenessNanos() {
        return latenessNanos.get();
    }
}
