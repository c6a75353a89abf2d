package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.stream.Side;

/**
 * A record (RFC 8446, 5.1).
 *
 * @param fragment its content, as it was sent
 * @param whole false where a part of it was not captured; then the content is worth nothing but its length
 * @param nanos when its first byte came
 * @param lastNanos when its last byte had come
 * @param packets to account for
 * @param place of the first of them
 */
record TlsRecord(
        Side side,
        int type,
        int version,
        byte[] fragment,
        boolean whole,
        long nanos,
        long lastNanos,
        int packets,
        Place place) {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    static final int HEARTBEAT = 24;

    /** What it costs to hold, roughly. */
    long cost() {
        return fragment.length + 100L;
    }
}
