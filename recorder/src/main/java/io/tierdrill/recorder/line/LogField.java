package io.tierdrill.recorder.line;

/** What a field of a log can tell of a request. */
public enum LogField {
    /** An address or a name. */
    CLIENT,
    /** {@code address:port}, IPv6 in brackets or not. */
    CLIENT_AND_PORT,
    CLIENT_PORT,
    /** {@code X-Forwarded-For}: its first address is the client. */
    FORWARDED_FOR,
    /** Anything that is the same for the requests of one connection. */
    CONNECTION,
    USER,
    /** {@code 17/May/2015:10:05:03 +0000}, with or without a fraction and a zone. */
    TIME_CLF,
    /** {@code 2015-05-17T10:05:03.123Z}; without a zone it is UTC. */
    TIME_ISO,
    /** Seconds of the epoch, with or without a fraction. */
    TIME_SECONDS,
    TIME_MILLIS,
    TIME_MICROS,
    TIME_NANOS,
    /** Any of the above, by its looks. */
    TIME_AUTO,
    /** {@code GET /path HTTP/1.1}. */
    REQUEST,
    METHOD,
    /** Path and query. */
    URI,
    /** Path without query. */
    PATH,
    /** Query, with or without its question mark. */
    QUERY,
    SCHEME,
    HOST,
    PORT,
    /** Anything but nothing means that the connection was encrypted. */
    TLS,
    STATUS,
    /** Bytes of the response. */
    BYTES,
    /** Bytes of the request's body. */
    BODY_BYTES,
    DURATION_SECONDS,
    DURATION_MILLIS,
    DURATION_MICROS,
    DURATION_NANOS,
    /** A header of the request; has a name. */
    HEADER,
    /** A cookie of the request; has a name. */
    COOKIE,
    /** Nothing that a trace keeps. */
    IGNORED;

    private static final LogField[] ALL = values();

    public boolean isTime() {
        return compareTo(TIME_CLF) >= 0 && compareTo(TIME_AUTO) <= 0;
    }

    public boolean isDuration() {
        return compareTo(DURATION_SECONDS) >= 0 && compareTo(DURATION_NANOS) <= 0;
    }

    static int count() {
        return ALL.length;
    }
}
