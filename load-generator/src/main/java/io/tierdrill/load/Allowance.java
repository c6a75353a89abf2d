package io.tierdrill.load;

import java.util.OptionalLong;

/**
 * How much looking at nothing a loop may do: a quarter of a processor always, and as much as it likes while the machine
 * has processor time that nobody wants. The stack under test may share the machine, and must not starve for a sharper
 * send. Belongs to one thread.
 */
final class Allowance {
    /** Of the whole time, whoever else wants it. */
    static final double SHARE = 0.25;

    private static final double CREDIT = 1_000_000;
    /** The system counts idle time in steps of ten milliseconds. */
    static final long WINDOW = 200_000_000;
    /** Idle processors over a window, beside the one this loop sleeps on, below which nothing is left over. */
    private static final double SCARCE = 0.1;

    private final IdleTime idle;
    private boolean begun;
    private long start;
    private long windowStart;
    private long sleptAtStart;
    private OptionalLong idleAtStart = OptionalLong.empty();
    private boolean spare;

    Allowance(IdleTime idle) {
        this.idle = idle;
    }

    /** With the first question: until then the clock may stand, long before its zero. */
    private void begin(long nowNanos, long sleptNanos) {
        begun = true;
        start = nowNanos;
        windowStart = nowNanos;
        sleptAtStart = sleptNanos;
        idleAtStart = idle.nanos();
        spare = idleAtStart.isPresent();
    }

    /**
     * @param spentNanos of looking at nothing, since the beginning
     * @param sleptNanos since the beginning; while this loop sleeps its processor is idle, which is no sign of another
     */
    boolean allows(long nowNanos, long spentNanos, long sleptNanos) {
        if (!begun) begin(nowNanos, sleptNanos);
        if (idleAtStart.isPresent() && nowNanos - windowStart >= WINDOW) judge(nowNanos, sleptNanos);
        return spare || spentNanos < CREDIT + SHARE * (nowNanos - start);
    }

    private void judge(long nowNanos, long sleptNanos) {
        OptionalLong now = idle.nanos();
        if (now.isPresent()) {
            long others = now.getAsLong() - idleAtStart.getAsLong() - (sleptNanos - sleptAtStart);
            spare = others >= SCARCE * (nowNanos - windowStart);
        }
        idleAtStart = now;
        sleptAtStart = sleptNanos;
        windowStart = nowNanos;
    }
}
