package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import java.util.random.RandomGenerator;

/**
 * Where the units of one input and one stamp stand within the stamp's stretch, a second for most logs. The log has cut
 * their fractions off; the n units keep their order and get n instants drawn evenly over the stretch and sorted, which is
 * how a Poisson process would have placed them. The draw depends on the seed, the input's number and the stamp, on
 * nothing else.
 *
 * <p>Sorted draws come one by one without keeping any: the least of m even draws on what is left of the stretch leaves
 * the share {@code u^(1/m)} of it (Bentley and Saxe, Generating sorted lists of random numbers, TOMS 1980).
 */
final class Placement {
    private final RandomGenerator chance;
    private final long stretch;
    private long left;
    private double rest = 1;

    Placement(Seeds seeds, int file, long stampNanos, long stretchNanos, long units) {
        this.chance = seeds.stream("within-stamp/" + file + "/" + stampNanos);
        this.stretch = stretchNanos;
        this.left = units;
    }

    /** What a trace's notes say of it. */
    static String rule() {
        return "Where times are coarser than a millisecond, the n units of one input in one stamp keep their order and"
                + " stand at n instants drawn evenly over the stamp's length and sorted; the draw depends on seed,"
                + " input and stamp.";
    }

    /** Nanoseconds within the stretch, never less than the one before. */
    long next() {
        rest *= Math.pow(1 - chance.nextDouble(), 1.0 / left--);
        return (long) Math.min(stretch - 1, (1 - rest) * stretch);
    }
}
