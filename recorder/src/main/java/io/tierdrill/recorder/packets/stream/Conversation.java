package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.frame.Endpoint;

/** Reads what a connection carries. Made when the first payload comes. One thread. */
public interface Conversation {

    /**
     * How it began.
     *
     * @param fromBeginning whether the opening of the connection was captured; else who is client must be guessed
     * @param nanos of the first packet
     */
    record Opening(Endpoint initiator, Endpoint responder, boolean fromBeginning, long nanos) {}

    /** Makes conversations. */
    @FunctionalInterface
    interface Factory {
        Conversation open(Opening opening);
    }

    /** The next bytes of a side. Accounts for the packets of the piece, now or later. */
    void data(Side side, Piece piece);

    /**
     * Bytes of a side that were not captured.
     *
     * @param nanos and place of what comes behind them
     */
    void gap(Side side, long bytes, long nanos, Place place);

    /** What a side sends from here on cannot be read, though it may go on. */
    default void lost(Side side, Place place) {}

    /** A side has sent all it had. */
    void finished(Side side, long nanos);

    /** Nothing more comes from either side. */
    void closed(Ending ending, long nanos);
}
