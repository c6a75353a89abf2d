package io.tierdrill.recorder.accesslog;

import java.io.IOException;

/**
 * Walks a sorted run group by group; a group is the lines of one second. The order of calls is {@code nextGroup, nextLine
 * times count, nextGroup...} until {@code nextGroup} says no.
 */
interface RunCursor {
    /** Number of the file whose lines these are. */
    int file();

    boolean nextGroup() throws IOException;

    /** Of the group. */
    long epochSecond();

    /** Lines in the group. */
    int count();

    /** Moves to the next line of the group. */
    void nextLine() throws IOException;

    /** The line's array; good until the next call. */
    byte[] bytes();

    int from();

    int to();
}
