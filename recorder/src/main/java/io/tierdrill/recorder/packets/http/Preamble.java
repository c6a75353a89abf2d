package io.tierdrill.recorder.packets.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** First bytes of what is read elsewhere, or not yet. Looks only. */
final class Preamble {
    private static final byte[] HTTP2 = "PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);
    /** RFC 8446, 5.2: with room for what encryption adds. */
    private static final int MOST_RECORD_BYTES = 16_384 + 2048;

    private Preamble() {}

    /** Whether a TLS record begins here: type, version 3.x, length; shorter bytes as far as they go. */
    static boolean isTls(ByteBuffer bytes) {
        int at = bytes.position();
        int count = bytes.remaining();
        int type = bytes.get(at) & 0xff;
        if (type < 20 || type > 24) return false;
        if (count > 1 && bytes.get(at + 1) != 3) return false;
        if (count > 2 && (bytes.get(at + 2) & 0xff) > 4) return false;
        if (count < 5) return true;
        int length = (bytes.get(at + 3) & 0xff) << 8 | bytes.get(at + 4) & 0xff;
        return length > 0 && length <= MOST_RECORD_BYTES;
    }

    /** RFC 9113, 3.4. */
    static boolean isHttp2(ByteBuffer bytes) {
        if (bytes.remaining() < HTTP2.length) return false;
        for (int i = 0; i < HTTP2.length; i++) if (bytes.get(bytes.position() + i) != HTTP2[i]) return false;
        return true;
    }
}
