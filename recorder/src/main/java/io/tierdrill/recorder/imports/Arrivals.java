package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import java.util.random.RandomGenerator;

/**
 * Arrival times for an input that tells none: a Poisson process of a given rate, from the epoch on, in the order of the
 * input. The draw depends on the seed, the input's number and the rate.
 */
final class Arrivals {
    private static final double SECOND = 1e9;

    private final RandomGenerator chance;
    private final double perSecond;
    private double at;

    Arrivals(Seeds seeds, int file, double perSecond) {
        this.chance = seeds.stream("arrivals/" + file);
        this.perSecond = perSecond;
    }

    static String rule(double perSecond) {
        return "The input tells no times. Arrivals are a Poisson process of " + perSecond
                + " requests a second, drawn with the seed.";
    }

    /** Nanoseconds from the epoch. */
    long next() {
        at += -Math.log(1 - chance.nextDouble()) / perSecond * SECOND;
        return (long) at;
    }
}
