package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/**
 * The next bytes of a stream.
 *
 * @param bytes from position to limit; valid during the call only
 * @param nanos when they were captured
 * @param packets to account for; 0 where others of the same packet did
 * @param place of the first of them
 */
public record Piece(ByteBuffer bytes, long nanos, int packets, Place place) {}
