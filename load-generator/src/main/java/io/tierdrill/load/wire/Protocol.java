package io.tierdrill.load.wire;

import io.tierdrill.model.config.ConfigNode;
import java.util.List;
import java.util.Locale;

/** What is spoken on connections. */
public enum Protocol {
    /** HTTP/1.1, one request at a time on a connection. */
    HTTP1("http/1.1"),
    /** HTTP/2, many at a time: chosen by ALPN where the target is {@code https}, known beforehand where it is not. */
    HTTP2("h2");

    private final String alpn;

    Protocol(String alpn) {
        this.alpn = alpn;
    }

    /** Its name in a TLS handshake. */
    String alpn() {
        return alpn;
    }

    /** Takes {@code protocol} out of the node. */
    static Protocol from(ConfigNode node) {
        return valueOf(
                node.word("protocol", HTTP1.word(), List.of("http1", "http2")).toUpperCase(Locale.ROOT));
    }

    /** As written in scenarios. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
