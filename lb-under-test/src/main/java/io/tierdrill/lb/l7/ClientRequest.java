package io.tierdrill.lb.l7;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;

/**
 * What a client asks for, as far as it decides how it is carried.
 *
 * @param wantsToStay whether the client would like to keep the connection
 * @param hasBody whether bytes follow the head
 * @param upgrades whether it asks to go on as WebSocket; a request may be refused that and is one all the same
 */
record ClientRequest(HttpRequest head, boolean wantsToStay, boolean hasBody, boolean upgrades) {
    /** RFC 9110, 9.2.2: asking twice has the effect of asking once. */
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE, HttpMethod.PUT, HttpMethod.DELETE);

    static ClientRequest of(HttpRequest head) {
        boolean hasBody = HttpUtil.isTransferEncodingChunked(head)
                || !head.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
        return new ClientRequest(head, HttpUtil.isKeepAlive(head), hasBody, !hasBody && asksForWebSocket(head));
    }

    /** RFC 6455, 4.1. Other protocols are not offered; a request for one is served as if it had not asked. */
    static boolean asksForWebSocket(HttpRequest head) {
        HttpHeaders headers = head.headers();
        return headers.contains(HttpHeaderNames.UPGRADE)
                && head.method().equals(HttpMethod.GET)
                && head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(headers.get(HttpHeaderNames.UPGRADE))
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    boolean isHead() {
        return head.method().equals(HttpMethod.HEAD);
    }

    /** HTTP/1.0 knows neither chunks nor 100 Continue. */
    boolean isOld() {
        return head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    /** Whether it may be sent twice: nothing of it is used up by sending, and nothing happens twice. */
    boolean repeatable() {
        return !hasBody && IDEMPOTENT.contains(head.method());
    }

    /** Takes out and writes in what a proxy must; one that is transparent writes nothing. */
    void prepare(Client client, boolean transparent) {
        HopHeaders.strip(head.headers());
        if (upgrades) HopHeaders.toWebSocket(head.headers());
        if (transparent) return;
        HopHeaders.via(head.headers(), client.isHttp2());
        HopHeaders.forwardedFor(head.headers(), client.address());
        if (client.secure()) HopHeaders.forwardedProto(head.headers());
    }

    /** What is sent to the service. Without a body it is whole at once: one buffer, one write. */
    HttpRequest outbound() {
        return hasBody
                ? new DefaultHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri(), head.headers())
                : new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        head.method(),
                        head.uri(),
                        Unpooled.EMPTY_BUFFER,
                        head.headers(),
                        EmptyHttpHeaders.INSTANCE);
    }
}
