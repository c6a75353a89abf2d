package io.tierdrill.recorder.imports;

import java.io.IOException;

/**
 * Walks a sorted run group by group; a group is the units of one stamp. The order of calls is {@code nextGroup, nextUnit
 * times count, nextGroup...} until {@code nextGroup} says no.
 */
interface RunCursor {
    /** Number of the input whose units these are. */
    int file();

    boolean nextGroup() throws IOException;

    /** Nanoseconds of the epoch, of the group. */
    long stamp();

    /** Units in the group. */
    int count();

    /** Moves to the next unit of the group. */
    void nextUnit() throws IOException;

    /** The unit's array; good until the next call. */
    byte[] bytes();

    int from();

    int to();
}
