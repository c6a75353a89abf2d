package io.tierdrill.load;

import io.tierdrill.model.config.Problem;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Requests in the order they are due. Every due time is absolute, computed from the start and never by adding waits, so
 * no rounding piles up. Same settings and seed, same schedule, to the nanosecond.
 *
 * <p>Streams: its memory does not grow with its length. Belongs to one thread at a time.
 */
public interface Schedule extends Iterator<ScheduledRequest>, AutoCloseable {

    /** How long the schedule takes as planned, warm-up included. */
    long plannedNanos();

    /** Requests in the busiest second as planned, where that is known before: how much the injector has to do. */
    default OptionalDouble busiestPerSecond() {
        return OptionalDouble.empty();
    }

    /** What it leaves out of what was asked for and why, for people; mostly nothing. */
    default List<String> remarks() {
        return List.of();
    }

    /** What must be mended before it may be sent; mostly nothing. */
    default List<Problem> faults() {
        return List.of();
    }

    /** Whether something is to be said on WebSockets, which not every sender can. */
    default boolean hasMessages() {
        return false;
    }

    /** Releases the trace, if one is being read. */
    @Override
    void close();
}
