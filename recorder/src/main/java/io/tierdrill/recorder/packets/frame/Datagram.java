package io.tierdrill.recorder.packets.frame;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/** A UDP datagram; see {@link Segment}. */
public record Datagram(
        Place place,
        long nanos,
        int packets,
        int network,
        Endpoint from,
        Endpoint to,
        ByteBuffer payload,
        int missing) {}
