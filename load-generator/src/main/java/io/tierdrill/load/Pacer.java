package io.tierdrill.load;

import io.tierdrill.load.loop.Sender;
import io.tierdrill.model.time.NanoClock;

/**
 * Waits for the next due time while bytes keep moving.
 *
 * <p>The system wakes a sleeper tens or hundreds of microseconds late (timers, scheduling, and what a virtual machine
 * costs). The hybrid way therefore sleeps until so long before the time as 99 sleeps of 100 are late ({@link Oversleep}),
 * and looks at the clock for the rest, as far as its {@link Allowance} goes. Past that it sleeps all the way, and wakes no
 * more often than a processor that others want can bear. Belongs to the loop's thread.
 */
final class Pacer {
    /** Sleeping all the way, what is due within so long goes out together. */
    static final long SLACK_NANOS = 500_000;
    /** To go to sleep and be woken costs about as much processor time as to look for so long. */
    static final long SHORTEST_NAP = 30_000;
    /** Where it may not look: more wake-ups than this allows take most of a processor, and everything is late. */
    static final long GATHER_NANOS = 100_000;
    /** Looks at the clock at least so often, for a clock may be moved. */
    private static final long LONGEST_WAIT = 20_000_000;

    private final Pacing pacing;
    private final Sender<?> sender;
    private final NanoClock clock;
    private final Oversleep oversleep = new Oversleep();
    private final Allowance allowance;
    private long polled;

    Pacer(Pacing pacing, Sender<?> sender, NanoClock clock) {
        this(pacing, sender, clock, SpareTime.ofThisMachine());
    }

    Pacer(Pacing pacing, Sender<?> sender, NanoClock clock, SpareTime spare) {
        this.pacing = pacing;
        this.sender = sender;
        this.clock = clock;
        this.allowance = new Allowance(spare);
    }

    /** Moves bytes until then, or until something was moved: one turn of the loop. */
    void turn(long nowNanos, long untilNanos) {
        long wait = untilNanos - nowNanos;
        if (wait <= 0) sender.poll();
        else if (pacing == Pacing.SLEEP) sender.await(Math.min(Math.max(wait, SLACK_NANOS), LONGEST_WAIT), SLACK_NANOS);
        else if (pacing == Pacing.SPIN) spin(nowNanos);
        else hybrid(nowNanos, wait);
    }

    private void hybrid(long nowNanos, long wait) {
        long nap = Math.min(wait - oversleep.nanos(), LONGEST_WAIT);
        if (nap >= SHORTEST_NAP) nap(nowNanos, nap);
        else if (allowance.allows(nowNanos, polled)) spin(nowNanos);
        else if (wait >= GATHER_NANOS) nap(nowNanos, wait);
        else sender.await(GATHER_NANOS, GATHER_NANOS);
    }

    private void nap(long nowNanos, long nanos) {
        int done = sender.await(nanos);
        long took = clock.nanos() - nowNanos;
        if (done == 0 && took >= nanos) oversleep.add(took - nanos); // Not where it cannot sleep for so long.
    }

    private void spin(long nowNanos) {
        if (sender.poll() == 0) polled += clock.nanos() - nowNanos;
    }

    /** Time spent looking at nothing. */
    long polledNanos() {
        return polled;
    }
}
