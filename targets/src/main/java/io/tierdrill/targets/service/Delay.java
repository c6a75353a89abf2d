package io.tierdrill.targets.service;

import java.util.random.RandomGenerator;

/** How long each request is delayed. Belongs to the event loop. */
final class Delay {
    private final long nanos;
    private final double jitter;
    private final RandomGenerator chance;

    Delay(ServiceConfig config, RandomGenerator chance) {
        this.nanos = config.delay().toNanos();
        this.jitter = config.delayJitter();
        this.chance = chance;
    }

    boolean isNone() {
        return nanos == 0;
    }

    /** Drawn evenly from the delay less its jitter to the delay and its jitter. */
    long nextNanos() {
        return jitter == 0 ? nanos : Math.round(nanos * (1 + jitter * (2 * chance.nextDouble() - 1)));
    }
}
