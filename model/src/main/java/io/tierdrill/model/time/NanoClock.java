package io.tierdrill.model.time;

/**
 * A monotonic clock in nanoseconds with an arbitrary origin: only differences mean anything, and only differences of
 * one clock. Implementations are safe to call from any thread.
 */
@FunctionalInterface
public interface NanoClock {

    /** Nanoseconds since an arbitrary, fixed origin. */
    long nanos();

    /** The machine's monotonic clock. This package is the only place that asks the system for the time. */
    static NanoClock system() {
        return System::nanoTime;
    }

    /** The same clock counted from the given instant of it, so that the start of a run reads zero. */
    default NanoClock since(long originNanos) {
        return () -> nanos() - originNanos;
    }
}
