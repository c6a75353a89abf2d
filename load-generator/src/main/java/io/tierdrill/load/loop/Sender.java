package io.tierdrill.load.loop;

import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What puts requests on the wire, open loop: the sending loop tells it when, and lets it move bytes meanwhile. Each
 * request ends exactly once, and whoever made the sender said where endings are told. Nothing here waits, except
 * {@link #await}. Belongs to the thread of its loop; {@link #wakeUp} alone may come from others.
 *
 * @param <R> a request in the form this sender takes; valid only during {@link #send} where it is encoded ahead
 */
public interface Sender<R> extends AutoCloseable {

    /** Whether it takes another request now; false only where a bounded pool of connections is all in use. */
    default boolean ready() {
        return true;
    }

    /** How long of the time from then to now it was not {@link #ready}: a request due then was held, nobody was late. */
    default long heldNanos(long dueNanos, long nowNanos) {
        return 0;
    }

    /** Sends now what was due then. Where it is not {@link #ready}, nobody calls this. */
    void send(R request, long dueNanos, long nowNanos);

    /** Does what is ready, without waiting. Returns how many things it did. */
    int poll();

    /** Waits for something to do, at most so long, and does it. Returns how many things it did. */
    int await(long nanos);

    /** The same for whoever would rather wake seldom than soon: what happens within {@code slack} may be told together. */
    default int await(long nanos, long slack) {
        return await(nanos);
    }

    /** Ends a wait early; from any thread. */
    void wakeUp();

    /** Fails what is overdue, closes what was idle too long. */
    void expire(long nowNanos);

    /** When {@link #expire} has something to do; {@code Long.MAX_VALUE} for never. */
    long nextDeadlineNanos();

    /** Requests taken and not ended. */
    int inFlight();

    /** Whether something is still to be said on connections, though no request is under way. */
    default boolean isTalking() {
        return false;
    }

    /** Connections opened so far. */
    long opened();

    /** The most connections that were open at once. */
    int peak();

    /** How often the injector itself ran out of something. */
    Map<OwnLimit, Long> ownLimits();

    /** How late messages on WebSockets of the measured time went, in nanoseconds; nothing where none did. */
    default Optional<Histogram> messageLateness() {
        return Optional.empty();
    }

    /** What happened to connections and was no request's ending, by name; without what never happened. */
    default Map<String, Long> events() {
        return Map.of();
    }

    /** What moves the bytes, in a word or two. */
    String transport();

    /** Drops all connections; requests still under way are not told of. */
    @Override
    void close();
}
