package io.tierdrill.recorder.live;

import io.tierdrill.model.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Time of a recording: the wall clock is read once, from there on the monotonic clock tells. So a wall clock that is set
 * while recording neither reorders nor stretches anything, and files follow each other as their requests did. Steps are
 * noticed, told, and not followed. Belongs to one thread, except for {@link #nanosByWallNow}, {@link #now} and {@link #steps}.
 */
final class TraceClock {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int TOLD = 20;
    private static final Duration MOST_AGO = Duration.ofDays(36_500);

    private final NanoClock clock;
    private final Clock wall;
    private final long firstNanos;
    private final Instant firstWall;
    private final String consequence;
    private Duration deviation = Duration.ZERO;
    private volatile List<String> steps = List.of();

    TraceClock(NanoClock clock, Clock wall) {
        this(clock, wall, clock.nanos(), wall.instant(), "times in the trace go on from before");
    }

    private TraceClock(NanoClock clock, Clock wall, long firstNanos, Instant firstWall, String consequence) {
        this.clock = clock;
        this.wall = wall;
        this.firstNanos = firstNanos;
        this.firstWall = firstWall;
        this.consequence = consequence;
    }

    /** One that counts from 1970, for carriers that are told times by a wall clock of somebody else's, the kernel's. */
    static TraceClock sinceEpoch(NanoClock clock, Clock wall) {
        Instant first = wall.instant();
        long nanos = Duration.between(Instant.EPOCH, first).toNanos();
        long shift = nanos - clock.nanos();
        return new TraceClock(
                () -> clock.nanos() + shift,
                wall,
                nanos,
                first,
                "times in the trace follow a step forward, and go on from before after one back");
    }

    long now() {
        return clock.nanos();
    }

    Instant instantAt(long nanos) {
        return firstWall.plusNanos(nanos - firstNanos);
    }

    long nanosAt(Instant instant) {
        return firstNanos + Duration.between(firstWall, instant).toNanos();
    }

    /** Whoever tells an instant read it from a clock that was set together with ours. */
    long nanosByWallNow(Instant instant) {
        Duration ago = Duration.between(instant, wall.instant());
        // Beyond centuries a number of nanoseconds ends; whoever tells such a time is not to be believed anyway.
        if (ago.abs().compareTo(MOST_AGO) > 0) ago = ago.isNegative() ? MOST_AGO.negated() : MOST_AGO;
        return clock.nanos() - ago.toNanos();
    }

    /** Looks whether the wall clock was set since the last look. Slow drift is none. */
    void look() {
        Instant ours = instantAt(clock.nanos());
        Duration apart = Duration.between(ours, wall.instant());
        Duration step = apart.minus(deviation);
        deviation = apart;
        if (step.abs().compareTo(STEP) < 0) return;
        tell("at " + ours + " the wall clock was set by " + signedSeconds(step) + "; " + consequence);
    }

    void tell(String step) {
        if (steps.size() == TOLD) return;
        List<String> more = new ArrayList<>(steps);
        more.add(step);
        steps = List.copyOf(more);
    }

    /** The first twenty, in words. */
    List<String> steps() {
        return steps;
    }

    private static String signedSeconds(Duration step) {
        return (step.isNegative() ? "-" : "+") + step.abs().toMillis() / 1000.0 + " s";
    }
}
