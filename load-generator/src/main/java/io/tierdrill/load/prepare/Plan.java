package io.tierdrill.load.prepare;

import io.tierdrill.model.trace.RequestRecord;

/** A schedule as the preparing thread reads it: one request after another, in the order they are due. */
public interface Plan extends AutoCloseable {

    /** Goes to the next request; false where there is none. */
    boolean next();

    /** When it is due, from the start of the schedule. */
    long dueNanos();

    RequestRecord request();

    /** Whether the recording uses its connection again. */
    default Reuse reuse() {
        return Reuse.UNKNOWN;
    }

    @Override
    void close();
}
