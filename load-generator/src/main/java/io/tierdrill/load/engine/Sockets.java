package io.tierdrill.load.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Moves the bytes of slots. Every operation only starts something; what comes of it is told to {@link Events} during
 * {@link #poll} and {@link #await}, or at once. Belongs to one thread.
 */
interface Sockets extends AutoCloseable {
    /** What happened. Errors are those of Linux, whatever the system. */
    interface Events {
        /** Some things have happened; they are told next. The moment to look at the clock, once for all of them. */
        void batch();

        /** @param error zero when it is connected */
        void connected(Slot slot, int error);

        /** All that was to be written is written. Not told where it was in the slot's own room. */
        void written(Slot slot);

        /** Bytes, valid until this returns. */
        void received(Slot slot, ByteBuffer bytes, int from, int count);

        /** The other side has closed, or something broke. */
        void ended(Slot slot, int error);

        /** Nothing more will be told of a slot that was closed. */
        void closed(Slot slot);
    }

    /** @param events who is told; before anything else is called */
    void begin(Events events);

    /** @param from the address to come from; whichever the system takes where there is none */
    void connect(Slot slot, InetSocketAddress to, Optional<InetAddress> from);

    /** Writes what the slot has to be written. */
    void write(Slot slot);

    /** Ends the connection; {@link Events#closed} follows, later or at once. */
    void close(Slot slot);

    /** Tells what has happened. Returns how many things. */
    int poll();

    /**
     * Waits and tells.
     *
     * @param most at most so long, in nanoseconds
     * @param enough where it can: waits for so many things to happen, or {@code patience} nanoseconds for one
     */
    int await(long most, int enough, long patience);

    /** How many connections the system lets us have, about. */
    int most();

    /** Where a direct buffer lies, for whom this matters. */
    long address(ByteBuffer direct);

    String name();

    @Override
    void close();
}
