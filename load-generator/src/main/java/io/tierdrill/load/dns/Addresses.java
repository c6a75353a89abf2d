package io.tierdrill.load.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Where connections go, one address after another. Belongs to the injector's thread. */
public interface Addresses extends AutoCloseable {

    /** The address for the next connection, if it is known without asking. */
    Optional<InetAddress> next();

    /** Asks; the waiter is told once, later or at once. */
    void ask(Waiter waiter);

    /** The same for a connection of this client, whose own resolver may know another answer. */
    default Optional<InetAddress> next(String clientKey) {
        return next();
    }

    /** Asks this client's resolver. */
    default void ask(String clientKey, Waiter waiter) {
        ask(waiter);
    }

    /** What resolvers did until now, where there are any. */
    default Optional<ResolverCounts> counts() {
        return Optional.empty();
    }

    /** Asks again or gives up where an answer is overdue. */
    void expire(long nowNanos);

    /** When {@link #expire} has something to do; {@code Long.MAX_VALUE} for never. */
    long nextDeadlineNanos();

    @Override
    void close();

    /** Who waits for an address. */
    interface Waiter {
        void resolved(InetAddress address);

        /** @param why for people */
        void unresolved(String why);
    }

    /** Addresses that never change, in turn. */
    static Addresses fixed(List<InetAddress> all) {
        return new FixedAddresses(all);
    }
}
