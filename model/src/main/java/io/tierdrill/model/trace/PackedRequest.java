package io.tierdrill.model.trace;

import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A {@link RequestRecord} with all its texts in one array: what is handed on where requests are many and time is short. It
 * is two objects instead of some forty, and whoever redacts and encodes it can go by its bytes. Made by a
 * {@link RequestPacker}. Immutable.
 *
 * <p>Each text stands as a trace has it, its length before its UTF-8:
 *
 * <pre>
 *   client connection | scheme method authority | path | name value | name value ...
 * </pre>
 */
public final class PackedRequest {
    private final long offsetNanos;
    private final String user;
    private final byte[] texts;
    private final int headers;
    private final Body body;
    private final Optional<Response> response;

    PackedRequest(long offsetNanos, String user, byte[] texts, int headers, Body body, Optional<Response> response) {
        if (offsetNanos < 0) throw new IllegalArgumentException("offsetNanos must be 0 or more, was " + offsetNanos);
        this.offsetNanos = offsetNanos;
        this.user = user;
        this.texts = texts;
        this.headers = headers;
        this.body = body;
        this.response = response;
    }

    public static PackedRequest of(RequestRecord request) {
        return new RequestPacker().pack(request);
    }

    public long offsetNanos() {
        return offsetNanos;
    }

    public String user() {
        return user;
    }

    public Body body() {
        return body;
    }

    public Optional<Response> response() {
        return response;
    }

    /** How many headers there are. */
    public int headers() {
        return headers;
    }

    /** All texts; not to be changed. */
    public byte[] texts() {
        return texts;
    }

    /** The same request at another time. */
    public PackedRequest at(long newOffsetNanos) {
        return newOffsetNanos == offsetNanos
                ? this
                : new PackedRequest(newOffsetNanos, user, texts, headers, body, response);
    }

    /** The same request with what has become known of it. */
    public PackedRequest with(Body newBody, Optional<Response> newResponse) {
        return new PackedRequest(offsetNanos, user, texts, headers, newBody, newResponse);
    }

    /** Where the text ends that begins there. */
    public static int end(byte[] texts, int from) {
        int at = from;
        long bits = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = texts[at++];
            bits |= (b & 0x7fL) << shift;
            if (b >= 0) return at + (int) (bits >>> 1);
        }
    }

    /** Taken apart. */
    public RequestRecord record() {
        String[] text = new String[6 + 2 * headers];
        int at = 0;
        for (int i = 0; i < text.length; i++) {
            text[i] = text(texts, at);
            at = end(texts, at);
        }
        Header[] list = new Header[headers];
        for (int i = 0; i < headers; i++) list[i] = new Header(text[6 + 2 * i], text[7 + 2 * i]);
        return new RequestRecord(
                offsetNanos, text[0], text[1], user, text[2], text[3], text[4], text[5], List.of(list), body, response);
    }

    /** The text that begins there. */
    public static String text(byte[] texts, int from) {
        int at = from;
        while (texts[at] < 0) at++;
        at++;
        return new String(texts, at, end(texts, from) - at, StandardCharsets.UTF_8);
    }
}
