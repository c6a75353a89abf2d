package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Place;

/**
 * Bytes that came before their turn.
 *
 * @param at where they stand in their stream
 * @param missing bytes behind them that the capture cut off
 */
record Waiting(long at, byte[] bytes, int missing, long nanos, int packets, Place place) {
    /** What an entry costs beside its bytes, roughly. */
    private static final int OVERHEAD = 128;

    long end() {
        return at + bytes.length + missing;
    }

    long cost() {
        return bytes.length + OVERHEAD;
    }
}
