package io.tierdrill.scenarios.evaluate;

import java.time.Duration;
import java.util.List;

/**
 * What to plant where, and how often.
 *
 * @param warmup of each run
 * @param duration the shortest measured time of a run; those at low rates take longer
 * @param text as it was read, so that an evaluation that goes on knows that it is the same
 */
public record Matrix(String name, Duration warmup, Duration duration, List<Cell> cells, String text) {
    /** A plant is tried at this share of what its control holds: so one that breaks there costs 15 % or more. */
    public static final double BITE = 0.85;

    public Matrix {
        cells = List.copyOf(cells);
    }
}
