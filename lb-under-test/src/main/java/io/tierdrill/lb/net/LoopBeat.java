package io.tierdrill.lb.net;

import io.netty.channel.EventLoop;
import io.tierdrill.model.time.NanoClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A task on the event loop that is due ten times a second and counts by how much it comes too late: whatever keeps the
 * loop from it keeps every connection of the loop waiting just as long. It ends with the loop.
 */
public final class LoopBeat {
    private static final long EVERY_NANOS = 100_000_000L;

    private final EventLoop loop;
    private final NanoClock clock;
    private final LongAdder lateNanos = new LongAdder();
    private long dueNanos;

    private LoopBeat(EventLoop loop, NanoClock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** Starts beating. */
    public static LoopBeat on(EventLoop loop, NanoClock clock) {
        LoopBeat beat = new LoopBeat(loop, clock);
        loop.execute(beat::plan);
        return beat;
    }

    /** Summed up since the start. Any thread. */
    public double lateSeconds() {
        return lateNanos.sum() / 1e9;
    }

    private void plan() {
        dueNanos = clock.nanos() + EVERY_NANOS;
        loop.schedule(this::beat, EVERY_NANOS, TimeUnit.NANOSECONDS);
    }

    private void beat() {
        lateNanos.add(Math.max(0, clock.nanos() - dueNanos));
        plan();
    }
}
