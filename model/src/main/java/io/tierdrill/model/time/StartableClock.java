package io.tierdrill.model.time;

/** A clock that stands far before zero until it is started, and then runs. Started and read from any threads. */
public final class StartableClock implements NanoClock {
    private static final long LONG_BEFORE = Long.MIN_VALUE / 4;

    private final NanoClock clock;
    private volatile long origin;
    private volatile boolean started;

    public StartableClock(NanoClock clock) {
        this.clock = clock;
    }

    /** From now on it reads what has passed since the given instant of the clock behind it. */
    public void start(long originNanos) {
        origin = originNanos;
        started = true;
    }

    @Override
    public long nanos() {
        return started ? clock.nanos() - origin : LONG_BEFORE;
    }
}
