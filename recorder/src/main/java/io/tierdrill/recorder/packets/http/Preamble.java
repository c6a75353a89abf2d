package io.tierdrill.recorder.packets.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** First bytes of what is read elsewhere, or not yet. Looks only. */
public final class Preamble {
    private static final byte[] HTTP2 = "PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);
    /** RFC 8446, 5.2: with room for what encryption adds. */
    private static final int MOST_RECORD_BYTES = 16_384 + 2048;

    /** No method of HTTP/1.x in use begins with {@code PRI}. */
    private static final int FEWEST_BYTES = 3;

    private static final int FRAME_HEADER = 9;
    private static final int MOST_FRAME_BYTES = 16_384;
    private static final int MOST_SETTINGS_BYTES = 600;

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

    /** RFC 9113, 3.4: the client's first bytes, as far as they go. */
    static boolean isHttp2(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), HTTP2.length);
        if (count < FEWEST_BYTES) return false;
        for (int i = 0; i < count; i++) if (bytes.get(bytes.position() + i) != HTTP2[i]) return false;
        return true;
    }

    /** Whether a server begins with HTTP/2: a frame of settings, which may come before the client's first bytes. */
    static boolean isHttp2Settings(ByteBuffer bytes) {
        if (bytes.remaining() < FRAME_HEADER) return false;
        int at = bytes.position();
        int length = bytes.getInt(at) >>> 8;
        boolean settings = bytes.get(at + 3) == 4 && bytes.get(at + 4) == 0 && bytes.getInt(at + 5) == 0;
        return settings && length % 6 == 0 && length <= MOST_SETTINGS_BYTES;
    }

    /** Whether a packet from the midst of a connection looks like frames of HTTP/2: two, or one that fills it. */
    public static boolean isHttp2Frames(ByteBuffer bytes) {
        int frames = 0;
        int at = bytes.position();
        while (at + FRAME_HEADER <= bytes.limit()) {
            if (!isFrame(bytes, at)) return false;
            at += FRAME_HEADER + (bytes.getInt(at) >>> 8);
            frames++;
        }
        return frames > 1 && at >= bytes.limit() || frames == 1 && at == bytes.limit();
    }

    /** Whether type, flags, length and stream of a frame go together (RFC 9113, 6). */
    private static boolean isFrame(ByteBuffer bytes, int at) {
        int length = bytes.getInt(at) >>> 8;
        int type = bytes.get(at + 3);
        int flags = bytes.get(at + 4) & 0xff;
        int stream = bytes.getInt(at + 5);
        if (stream < 0 || length > MOST_FRAME_BYTES) return false;
        return switch (type) {
            case 0 -> stream > 0 && (flags & ~0x09) == 0;
            case 1 -> stream > 0 && (flags & ~0x2d) == 0 && length > 0;
            case 3 -> stream > 0 && flags == 0 && length == 4;
            case 4 -> stream == 0 && flags <= 1 && length % 6 == 0;
            case 6 -> stream == 0 && flags <= 1 && length == 8;
            case 8 -> flags == 0 && length == 4;
            default -> false;
        };
    }
}
