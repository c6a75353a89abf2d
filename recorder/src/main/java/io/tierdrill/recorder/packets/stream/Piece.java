package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/**
 * The next bytes of a stream.
 *
 * @param bytes from position to limit; valid during the call only
 * @param nanos when the first of them was captured
 * @param lastNanos when all of them had been: later than {@code nanos} where they came encrypted in several packets
 * @param packets to account for; 0 where others of the same packet did
 * @param place of the first of them
 */
public record Piece(ByteBuffer bytes, long nanos, long lastNanos, int packets, Place place) {

    /** Of one packet. */
    public Piece(ByteBuffer bytes, long nanos, int packets, Place place) {
        this(bytes, nanos, nanos, packets, place);
    }
}
