package io.tierdrill.profiler;

/**
 * When to sample: at whole multiples of the interval on the run's clock, so that it never drifts and windows of any
 * length hold the same number of samples. A tick that could not be kept is counted, not made up for. Pure; belongs to
 * one thread.
 */
final class TickPlan {
    private final long intervalNanos;
    private long due;
    private long missed;

    TickPlan(long intervalNanos, long nowNanos) {
        this.intervalNanos = intervalNanos;
        this.due = -Math.floorDiv(-nowNanos, intervalNanos) * intervalNanos;
    }

    long due() {
        return due;
    }

    /** The tick that was due has been taken and it is now so late: moves on to the next one still ahead. */
    void taken(long nowNanos) {
        due += intervalNanos;
        if (due > nowNanos) return;
        long late = Math.floorDiv(nowNanos - due, intervalNanos) + 1;
        missed += late;
        due += late * intervalNanos;
    }

    long missed() {
        return missed;
    }
}
