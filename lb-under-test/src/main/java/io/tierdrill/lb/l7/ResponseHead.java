package io.tierdrill.lb.l7;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Makes the head of a response fit the connection of a client that speaks HTTP/1 (RFC 9112, 6 and 9). Stateless. */
final class ResponseHead {
    private ResponseHead() {}

    /**
     * Frames it in place.
     *
     * @param request what it answers: HEAD has no body, HTTP/1.0 knows no chunks
     * @param keepAlive whether the client would like to go on
     * @return whether the connection can go on behind this response
     */
    static boolean frame(HttpResponse response, ClientRequest request, boolean keepAlive) {
        HttpHeaders headers = response.headers();
        boolean toHead = request.isHead();
        boolean oldClient = request.isOld();
        boolean stays = keepAlive;
        if (HttpUtil.isTransferEncodingChunked(response)) {
            if (oldClient) {
                headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
                stays = stays && toHead;
            }
        } else if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH) && !toHead && hasBody(response)) {
            if (oldClient) stays = false;
            else headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        connection(headers, stays, oldClient);
        return stays;
    }

    /** Whole at once, as nothing follows. */
    static FullHttpResponse informational(HttpResponse response) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                response.status(),
                Unpooled.EMPTY_BUFFER,
                response.headers(),
                EmptyHttpHeaders.INSTANCE);
    }

    /** A short text of our own, with why it was refused. */
    static FullHttpResponse own(
            HttpResponseStatus status, String reason, boolean toHead, boolean keepAlive, String timing) {
        ByteBuf text = Unpooled.copiedBuffer(reason, StandardCharsets.UTF_8);
        int length = text.readableBytes();
        if (toHead) text.clear();
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, text);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, length);
        if (!timing.isEmpty()) response.headers().set(HopHeaders.SERVER_TIMING, timing);
        connection(response.headers(), keepAlive, true);
        return response;
    }

    private static boolean hasBody(HttpResponse response) {
        int code = response.status().code();
        return code >= 200 && code != 204 && code != 304;
    }

    /** To stay is the default of HTTP/1.1 and must be said to HTTP/1.0; to go must always be said. */
    private static void connection(HttpHeaders headers, boolean stays, boolean say) {
        if (!stays) headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        else if (say) headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
}
