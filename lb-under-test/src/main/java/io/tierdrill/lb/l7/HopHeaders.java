package io.tierdrill.lb.l7;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a proxy takes out of a message and writes into it (RFC 9110, 7.6). Stateless; changes headers in place. */
final class HopHeaders {
    static final AsciiString SERVER_TIMING = AsciiString.cached("server-timing");

    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString VIA = AsciiString.cached("1.1 tierdrill");
    private static final AsciiString VIA_2 = AsciiString.cached("2.0 tierdrill");

    /** Naming one of these in Connection must not make it vanish: framing and routing are ours. */
    private static final Set<String> KEPT = Set.of("host", "content-length", "transfer-encoding", "x-forwarded-for");

    private HopHeaders() {}

    /** Takes out what was meant for this connection alone; Transfer-Encoding stays, the encoder frames by it. */
    static void strip(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.CONNECTION)) {
            List<String> named = headers.getAll(HttpHeaderNames.CONNECTION);
            for (String list : named) for (String name : list.split(",")) remove(headers, name.strip());
            headers.remove(HttpHeaderNames.CONNECTION);
        }
        headers.remove(KEEP_ALIVE);
        headers.remove(PROXY_CONNECTION);
        headers.remove(HttpHeaderNames.TE);
        headers.remove(HttpHeaderNames.UPGRADE);
    }

    /** Says again, for the next connection, that this one is to become a WebSocket. */
    static void toWebSocket(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }

    private static void remove(HttpHeaders headers, String name) {
        if (!KEPT.contains(name.toLowerCase(Locale.ROOT))) headers.remove(name);
    }

    /** Names the protocol it was received by. */
    static void via(HttpHeaders headers, boolean http2) {
        headers.add(HttpHeaderNames.VIA, http2 ? VIA_2 : VIA);
    }

    /** That the client encrypts ends here; the service cannot know it otherwise. */
    static void forwardedProto(HttpHeaders headers) {
        headers.set(FORWARDED_PROTO, "https");
    }

    /** Adds the client behind those that earlier proxies named. */
    static void forwardedFor(HttpHeaders headers, String client) {
        if (!headers.contains(FORWARDED_FOR)) {
            headers.add(FORWARDED_FOR, client);
        } else {
            headers.set(FORWARDED_FOR, String.join(", ", headers.getAll(FORWARDED_FOR)) + ", " + client);
        }
    }
}
