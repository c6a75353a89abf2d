package io.tierdrill.recorder.live;

import java.time.Duration;

/**
 * How long a request is held before it is written. A kill costs what is held and what was written since the last flush:
 * at most {@code window + flush}, with a little for the writing itself.
 *
 * @param settle every request waits so long for others that began before it and are told later
 * @param window a request without its response waits so long for it; then it is written with the response unknown
 * @param flush so often what was written is made to survive a kill
 */
public record Pace(Duration settle, Duration window, Duration flush) {
    public Pace {
        if (settle.isNegative()) throw new IllegalArgumentException("settle must be 0s or more, was " + settle);
        if (window.compareTo(settle) < 0)
            throw new IllegalArgumentException("window must be at least " + settle + ", was " + window);
        if (flush.toNanos() < 1) throw new IllegalArgumentException("flush must be above 0s, was " + flush);
    }

    /** For carriers that tell of a request when it begins: 20 ms, 500 ms and 250 ms. */
    public static Pace defaults() {
        return new Pace(Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMillis(250));
    }

    public Pace withSettle(Duration other) {
        return new Pace(other, window, flush);
    }

    public Pace withWindow(Duration other) {
        return new Pace(settle, other, flush);
    }
}
