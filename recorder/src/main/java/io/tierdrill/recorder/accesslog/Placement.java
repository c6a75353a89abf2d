package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.seed.Seeds;
import java.util.random.RandomGenerator;

/**
 * Where the lines of one file and one second stand within that second. The log has cut their fractions off; the n lines
 * keep their order and get n instants drawn evenly over the second and sorted, which is how a Poisson process would have
 * placed them. The draw depends on the seed, the file's number and the second, on nothing else.
 *
 * <p>Sorted draws come one by one without keeping any: the least of m even draws on what is left of the second leaves
 * the share {@code u^(1/m)} of it (Bentley and Saxe, Generating sorted lists of random numbers, TOMS 1980).
 */
final class Placement {
    private static final int SECOND = 1_000_000_000;

    private final RandomGenerator chance;
    private long left;
    private double rest = 1;

    Placement(Seeds seeds, int file, long epochSecond, long lines) {
        this.chance = seeds.stream("within-second/" + file + "/" + epochSecond);
        this.left = lines;
    }

    /** What a trace's notes say of it. */
    static String rule() {
        return "The log tells whole seconds. The n lines of one file in one second keep their order and stand at n"
                + " instants drawn evenly over that second and sorted; the draw depends on seed, file and second.";
    }

    /** Nanoseconds within the second, never less than the one before. */
    int next() {
        rest *= Math.pow(1 - chance.nextDouble(), 1.0 / left--);
        return (int) Math.min(SECOND - 1, (1 - rest) * SECOND);
    }
}
