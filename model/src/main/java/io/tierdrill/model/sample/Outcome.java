package io.tierdrill.model.sample;

import java.util.Locale;

/** How a request ended. Everything but {@link #OK} is an error kind and keeps its latency. */
public enum Outcome {
    /** A response arrived and is not a failure of the stack (1xx to 4xx as recorded are answers). */
    OK,
    /** A response with status 500 to 599. */
    SERVER_ERROR,
    TIMEOUT,
    CONNECT_REFUSED,
    CONNECT_TIMEOUT,
    CONNECTION_RESET,
    /** Closed before the response was whole. */
    SHORT_READ,
    /** Not HTTP/1.1, or not the HTTP/1.1 expected. */
    BAD_RESPONSE,
    /** The name did not resolve. */
    DNS_FAILURE,
    /** The injector had no descriptor, port or connection left: its own fault, never a tier's. */
    INJECTOR_LIMIT,
    /** The TLS handshake failed, or what came later was not the TLS agreed on. */
    TLS_FAILURE,
    /** More or less of a body than its own answer announced, on a connection that goes on. */
    WRONG_LENGTH,
    /** Not the HTTP/2 or WebSocket agreed on. */
    PROTOCOL_ERROR,
    /** The target ended this HTTP/2 stream before its answer was whole. */
    STREAM_RESET,
    /** The target took no notice of this HTTP/2 stream: it had too many. */
    STREAM_REFUSED,
    /** The target was about to close this HTTP/2 connection and did not look at the request any more. */
    GOAWAY,
    /** Waited for its user's earlier request, or for a free connection, until its time was over; was never sent. */
    HELD_TOO_LONG;

    /** As written in files: {@code connect-refused}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Undoes {@link #word}. */
    public static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public boolean isError() {
        return this != OK;
    }
}
