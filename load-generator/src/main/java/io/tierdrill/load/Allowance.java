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
    /** Processors to spare over a window, beside the one this loop works or sleeps on, from which on it may look. */
    private static final double PLENTY = 0.1;
    /** Below which it may no longer: a machine at the edge is not to and fro with every window. */
    private static final double SCARCE = 0.05;

    private final SpareTime time;
    private boolean begun;
    private long start;
    private long windowStart;
    private OptionalLong timeAtStart = OptionalLong.empty();
    private boolean spare;

    Allowance(SpareTime time) {
        this.time = time;
    }

    /** With the first question: until then the clock may stand, long before its zero. */
    private void begin(long nowNanos) {
        begun = true;
        start = nowNanos;
        windowStart = nowNanos;
        timeAtStart = time.nanos();
        spare = timeAtStart.isPresent();
    }

    /** @param spentNanos of looking at nothing, since the beginning */
    boolean allows(long nowNanos, long spentNanos) {
        if (!begun) begin(nowNanos);
        if (timeAtStart.isPresent() && nowNanos - windowStart >= WINDOW) judge(nowNanos);
        return spare || spentNanos < CREDIT + SHARE * (nowNanos - start);
    }

    private void judge(long nowNanos) {
        OptionalLong now = time.nanos();
        if (now.isPresent()) {
            double processors = (now.getAsLong() - timeAtStart.getAsLong()) / (double) (nowNanos - windowStart);
            spare = processors >= 1 + (spare ? SCARCE : PLENTY);
        }
        timeAtStart = now;
        windowStart = nowNanos;
    }
}
