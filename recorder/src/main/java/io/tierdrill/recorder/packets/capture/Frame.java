package io.tierdrill.recorder.packets.capture;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/**
 * One captured frame.
 *
 * @param place which of which file
 * @param nanos when it was captured, since 1970, 0 or more
 * @param linkType what its first header is, as numbered by tcpdump.org
 * @param length in bytes on the wire; more than {@code bytes} holds where the capture cut it
 * @param bytes what was captured, from position to limit, big endian; valid until the next frame is read
 */
public record Frame(Place place, long nanos, int linkType, int length, ByteBuffer bytes) {
    /** The latest time a frame may bear, in the year 2116, so that sums of times stay within a long. */
    public static final long MOST_NANOS = 1L << 62;

    public Frame {
        if (nanos < 0 || nanos > MOST_NANOS)
            throw new IllegalArgumentException("nanos must be from 0 to 2^62, was " + nanos);
    }
}
