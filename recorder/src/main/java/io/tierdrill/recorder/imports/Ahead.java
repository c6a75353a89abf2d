package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;

/**
 * Gives units of one input on while more are read, in the hope that none comes that belongs before them. Only whole stamps
 * are given, each once and in order, so that where units are placed within a stamp is as if all had been there. One thread.
 */
final class Ahead {
    private final Seeds seeds;
    private final UnitSorter.Sink sink;
    private long until = Long.MIN_VALUE;
    private long instant = Long.MIN_VALUE;

    Ahead(Seeds seeds, UnitSorter.Sink sink) {
        this.seeds = seeds;
        this.sink = sink;
    }

    /** Empties the arena by half; false where that is impossible, because all of this half have one stamp. */
    boolean give(Arena arena, long stretchNanos) throws IOException {
        FileQueue queue = new FileQueue(0, stretchNanos, seeds, instant);
        queue.add(0, arena.earlierHalf(0));
        if (!queue.next()) return false;
        do queue.give(sink);
        while (queue.next());
        instant = queue.instant();
        until = arena.middle();
        arena.keepFrom(until);
        return true;
    }

    boolean hasGiven() {
        return until != Long.MIN_VALUE;
    }

    /** All stamps before this one were given, and none from it on. */
    long until() {
        return until;
    }

    /** Of the last unit given; less than any where there is none. */
    long instant() {
        return instant;
    }
}
