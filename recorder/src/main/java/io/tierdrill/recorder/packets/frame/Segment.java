package io.tierdrill.recorder.packets.frame;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/**
 * A TCP segment.
 *
 * @param place of the frame it came in, or of the first of them
 * @param nanos when that was captured, since 1970
 * @param packets how many frames carried it: more than one where IP had cut it
 * @param network which virtual network, 0 for the plain one
 * @param payload what was captured of its payload, from position to limit; valid during the call only
 * @param missing bytes of payload behind it that the capture cut off
 */
public record Segment(
        Place place,
        long nanos,
        int packets,
        int network,
        Endpoint from,
        Endpoint to,
        int sequence,
        int acknowledgement,
        int flags,
        ByteBuffer payload,
        int missing) {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    public boolean syn() {
        return (flags & SYN) != 0;
    }

    public boolean fin() {
        return (flags & FIN) != 0;
    }

    public boolean rst() {
        return (flags & RST) != 0;
    }

    public boolean ack() {
        return (flags & ACK) != 0;
    }

    /** Bytes of payload on the wire. */
    public int length() {
        return payload.remaining() + missing;
    }
}
