package io.tierdrill.cli;

import io.tierdrill.model.time.NanoClock;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Says how far a longer piece of work is: nothing in the first two seconds, then on a terminal one living line twice a
 * second and elsewhere a plain line every five. Told as often as the worker likes; belongs to its thread.
 */
final class Notice implements AutoCloseable {
    private static final long QUIET = Duration.ofSeconds(2).toNanos();
    private static final long LIVE = Duration.ofMillis(500).toNanos();
    private static final long PLAIN = Duration.ofSeconds(5).toNanos();

    private final LiveLine line;
    private final NanoClock clock;
    private long next;

    private Notice(LiveLine line, NanoClock clock) {
        this.line = line;
        this.clock = clock;
        this.next = clock.nanos() + QUIET;
    }

    static Notice on(PrintWriter out, NanoClock clock) {
        return new Notice(LiveLine.on(out), clock);
    }

    void say(String how) {
        long now = clock.nanos();
        if (now - next < 0) return;
        next = now + (line.living() ? LIVE : PLAIN);
        line.show(how);
    }

    @Override
    public void close() {
        line.wipe();
    }
}
