package io.tierdrill.load.prepare;

/**
 * Requests that are prepared, one after another in the order they are due. Never waits. Belongs to the thread that
 * sends.
 *
 * @param <R> a request as its sender takes it
 */
public interface Upcoming<R> {

    /** Goes to the next request; false where none is ready, or none is left. */
    boolean next();

    /** Whether none is left. Throws what broke the reading, if something did. */
    boolean ended();

    /** When it is due, from the start of the schedule. */
    long dueNanos();

    /** Valid until {@link #next}. */
    R request();
}
