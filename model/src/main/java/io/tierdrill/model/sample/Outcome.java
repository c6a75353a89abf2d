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
    /** Not HTTP, or not the HTTP expected. */
    BAD_RESPONSE,
    /** The name did not resolve. */
    DNS_FAILURE,
    /** The injector had no descriptor, port or connection left: its own fault, never a tier's. */
    INJECTOR_LIMIT;

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
