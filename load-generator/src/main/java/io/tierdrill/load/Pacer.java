package io.tierdrill.load;

import io.tierdrill.load.loop.Sender;
import io.tierdrill.model.time.NanoClock;

/**
 * Waits for the next due time while bytes keep moving.
 *
 * <p>The system wakes a sleeper tens of microseconds late (timer slack and scheduling). The hybrid way therefore sleeps
 * until {@value #MARGIN_NANOS} ns before the time and polls the rest, but polls at most a quarter of the time in all:
 * the stack under test may share the machine. Past that it sleeps all the way and is late by what the timers are late.
 * Belongs to the loop's thread.
 */
final class Pacer {
    static final long MARGIN_NANOS = 80_000;
    /** Sleeping all the way, what is due within so long goes out together. */
    static final long SLACK_NANOS = 250_000;

    private static final double HYBRID_SHARE = 0.25;
    /** Polling allowed on credit at the start. */
    private static final long HYBRID_CREDIT = 1_000_000;
    /** Looks at the clock at least so often, for a clock may be moved. */
    private static final long LONGEST_WAIT = 20_000_000;

    private final Pacing pacing;
    private final Sender<?> sender;
    private final NanoClock clock;
    private final long start;
    private long polled;

    Pacer(Pacing pacing, Sender<?> sender, NanoClock clock) {
        this.pacing = pacing;
        this.sender = sender;
        this.clock = clock;
        this.start = clock.nanos();
    }

    /** Moves bytes until then, or until something was moved: one turn of the loop. */
    void turn(long nowNanos, long untilNanos) {
        long wait = untilNanos - nowNanos;
        if (wait <= 0) sender.poll();
        else if (pacing == Pacing.SLEEP) sender.await(Math.min(Math.max(wait, SLACK_NANOS), LONGEST_WAIT), SLACK_NANOS);
        else if (pacing == Pacing.SPIN) spin(nowNanos);
        else if (wait > MARGIN_NANOS) sender.await(Math.min(wait - MARGIN_NANOS, LONGEST_WAIT));
        else if (polled < HYBRID_CREDIT + HYBRID_SHARE * (nowNanos - start)) spin(nowNanos);
        else sender.await(wait);
    }

    private void spin(long nowNanos) {
        if (sender.poll() == 0) polled += clock.nanos() - nowNanos;
    }

    /** Time spent looking at nothing. */
    long polledNanos() {
        return polled;
    }
}
