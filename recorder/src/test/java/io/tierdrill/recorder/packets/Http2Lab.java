package io.tierdrill.recorder.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;

/** Frames of one direction of HTTP/2, as text of a byte a character. Headers refer to those before them. */
final class Http2Lab {
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();

    static String settings() {
        return frame(4, 0, 0, "");
    }

    static String data(int stream, boolean ends, String bytes) {
        return frame(0, ends ? END_STREAM : 0, stream, bytes);
    }

    static String reset(int stream) {
        return frame(3, 0, stream, "\0\0\0\b");
    }

    static String goAway(int last) {
        return frame(7, 0, 0, "\0\0\0" + (char) last + "\0\0\0\0");
    }

    static String frame(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return "" + (char) (length >> 16) + (char) (length >> 8 & 255) + (char) (length & 255) + (char) type
                + (char) flags + "\0\0\0" + (char) stream + payload;
    }

    String get(int stream, String path) {
        return request(stream, true, "GET", path);
    }

    String request(int stream, boolean ends, String method, String path) {
        Http2Headers headers = new DefaultHttp2Headers()
                .method(method)
                .scheme("http")
                .authority("shop.example")
                .path(path)
                .add("cookie", "a=1")
                .add("x-page", path);
        return frame(1, END_HEADERS | (ends ? END_STREAM : 0), stream, block(stream, headers));
    }

    String response(int stream, boolean ends, int status) {
        Http2Headers headers = new DefaultHttp2Headers().status("" + status).add("server", "lab " + status);
        return frame(1, END_HEADERS | (ends ? END_STREAM : 0), stream, block(stream, headers));
    }

    String block(int stream, Http2Headers headers) {
        ByteBuf out = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, headers, out);
        } catch (Http2Exception impossible) {
            throw new AssertionError(impossible);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
