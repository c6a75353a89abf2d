package io.tierdrill.lb.l7;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;

/** Says a response of HTTP/1.1 in HTTP/2 (RFC 9113, 8.2 and 8.3.2). Stateless. */
final class StreamResponse {
    private static final AsciiString TEXT = AsciiString.cached("text/plain; charset=utf-8");

    private StreamResponse() {}

    /** What concerned the service's connection is out already; how that one was framed goes here. */
    static Http2Headers head(HttpResponse response) {
        Http2Headers head = start(response.status(), response.headers().size());
        addAll(response.headers(), head);
        return head;
    }

    static Http2Headers trailers(HttpHeaders trailing) {
        Http2Headers trailers = new DefaultHttp2Headers(false, trailing.size());
        addAll(trailing, trailers);
        return trailers;
    }

    /** A short text of our own. */
    static Http2Headers own(HttpResponseStatus status, int length, String timing) {
        Http2Headers head = start(status, 3);
        head.set(HttpHeaderNames.CONTENT_TYPE, TEXT);
        head.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        if (!timing.isEmpty()) head.set(HopHeaders.SERVER_TIMING, timing);
        return head;
    }

    private static Http2Headers start(HttpResponseStatus status, int fields) {
        return new DefaultHttp2Headers(false, fields + 1).status(status.codeAsText());
    }

    private static void addAll(HttpHeaders from, Http2Headers to) {
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = from.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            AsciiString name = AsciiString.of(field.getKey()).toLowerCase();
            if (!HttpHeaderNames.TRANSFER_ENCODING.contentEquals(name)) to.add(name, field.getValue());
        }
    }
}
