package io.tierdrill.recorder.packets.http;

/**
 * How the end of a message is known (RFC 9112, 6.3).
 *
 * @param length of the body, 0 unless the kind is LENGTH
 */
record Framing(Kind kind, long length) {
    enum Kind {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE,
        /** Another protocol follows. */
        UPGRADED,
        /** Another protocol follows if the server agrees. */
        HOLD,
        /** It contradicts itself. */
        UNKNOWN
    }

    static final Framing NO_BODY = new Framing(Kind.LENGTH, 0);

    static Framing of(Kind kind) {
        return new Framing(kind, 0);
    }
}
