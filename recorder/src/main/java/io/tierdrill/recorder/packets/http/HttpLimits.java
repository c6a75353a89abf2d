package io.tierdrill.recorder.packets.http;

/**
 * Bounds of what is read and kept of a message.
 *
 * @param headBytes of a head; a longer one is not read
 * @param bodyBytes of a request's body that are kept; of a longer one only the size
 * @param pipelined requests of a connection that wait for their response; beyond it the first counts as unanswered
 */
public record HttpLimits(int headBytes, int bodyBytes, int pipelined) {
    /** As long as access logs' lines may be. */
    private static final int HEAD_BYTES = 65_536;

    /** A record must fit into a trace. */
    private static final int MOST_BODY_BYTES = 16 << 20;

    public HttpLimits {
        if (headBytes < 1024) throw new IllegalArgumentException("headBytes must be 1024 or more, was " + headBytes);
        if (bodyBytes < 0 || bodyBytes > MOST_BODY_BYTES)
            throw new IllegalArgumentException("bodyBytes must be from 0 to " + MOST_BODY_BYTES + ", was " + bodyBytes);
        if (pipelined < 1) throw new IllegalArgumentException("pipelined must be 1 or more, was " + pipelined);
    }

    /** Heads of 65,536 bytes, 1,000 requests, and no bodies: they may hold secrets, which nothing masks yet. */
    public static HttpLimits defaults() {
        return new HttpLimits(HEAD_BYTES, 0, 1000);
    }
}
