package io.tierdrill.lb.net;

import io.netty.channel.EventLoop;
import io.tierdrill.model.time.NanoClock;
import java.util.concurrent.TimeUnit;

/**
 * Waits of one fixed length. As all are equally long, the first to start is the first to expire: a linked list keeps the
 * order, starting and cancelling are a few stores, and one timer of the loop follows the head. Belongs to the event
 * loop.
 */
public final class DeadlineQueue {
    private final EventLoop loop;
    private final NanoClock clock;
    private final long lengthNanos;
    private Deadline first;
    private Deadline last;
    private boolean timed;

    public DeadlineQueue(EventLoop loop, NanoClock clock, long lengthNanos) {
        this.loop = loop;
        this.clock = clock;
        this.lengthNanos = lengthNanos;
    }

    /** Starts it, or starts it anew. */
    public void start(Deadline deadline) {
        deadline.cancel();
        deadline.queue = this;
        deadline.atNanos = clock.nanos() + lengthNanos;
        deadline.before = last;
        if (last == null) first = deadline;
        else last.after = deadline;
        last = deadline;
        if (!timed) time(lengthNanos);
    }

    void remove(Deadline deadline) {
        if (deadline.before == null) first = deadline.after;
        else deadline.before.after = deadline.after;
        if (deadline.after == null) last = deadline.before;
        else deadline.after.before = deadline.before;
        deadline.before = null;
        deadline.after = null;
        deadline.queue = null;
    }

    private void time(long delayNanos) {
        timed = true;
        loop.schedule(this::expire, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void expire() {
        timed = false;
        long now = clock.nanos();
        while (first != null && first.atNanos - now <= 0) {
            Deadline over = first;
            remove(over);
            over.expired.run();
        }
        if (first != null && !timed) time(first.atNanos - now);
    }
}
