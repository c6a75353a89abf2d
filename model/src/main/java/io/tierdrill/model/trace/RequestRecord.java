package io.tierdrill.model.trace;

import java.util.List;
import java.util.Optional;

/**
 * One request of production traffic, or of a pattern someone expects.
 *
 * @param offsetNanos when it arrived, from the start of the trace; 0 or more
 * @param client who sent it: an address or its pseudonym; never empty
 * @param connection which connection of that client carried it, or empty where the source does not tell
 * @param user whose session it belongs to, or empty where the source does not tell
 * @param scheme {@code http}, {@code https} or {@code dns}
 * @param method such as {@code GET}; for DNS the record type asked for
 * @param authority host, or host:port, or empty where the source does not tell
 * @param path path and query, starting with {@code /} (or {@code *}); for DNS the name asked for
 * @param headers those kept, in order, names as they came
 * @param body what it carried
 * @param response what came back, where the source tells
 */
public record RequestRecord(
        long offsetNanos,
        String client,
        String connection,
        String user,
        String scheme,
        String method,
        String authority,
        String path,
        List<Header> headers,
        Body body,
        Optional<Response> response)
        implements TraceEntry {

    public RequestRecord {
        if (offsetNanos < 0) throw new IllegalArgumentException("offsetNanos must be 0 or more, was " + offsetNanos);
        if (client.isEmpty()) throw new IllegalArgumentException("client must not be empty");
        if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("dns"))
            throw new IllegalArgumentException("scheme must be http, https or dns, was '" + scheme + "'");
        if (method.isEmpty()) throw new IllegalArgumentException("method must not be empty");
        if (path.isEmpty()) throw new IllegalArgumentException("path must not be empty");
        headers = List.copyOf(headers);
    }

    /** A header line; the name keeps its case. */
    public record Header(String name, String value) {}

    /**
     * What a request carried: its bytes, or only their number and digest.
     *
     * @param bytes the content, empty where it was not kept
     * @param size in bytes, also where the content was not kept
     * @param sha256 hexadecimal, empty where unknown
     */
    public record Body(byte[] bytes, long size, String sha256) {
        private static final Body NONE = new Body(new byte[0], 0, "");

        public Body {
            if (size < bytes.length)
                throw new IllegalArgumentException(
                        "size " + size + " is less than the " + bytes.length + " bytes kept");
        }

        public static Body none() {
            return NONE;
        }

        /** Content that was kept whole. */
        public static Body of(byte[] bytes) {
            return bytes.length == 0 ? NONE : new Body(bytes, bytes.length, "");
        }

        /** Records with arrays compare by identity by default; bodies are values. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Body b
                    && size == b.size
                    && sha256.equals(b.sha256)
                    && java.util.Arrays.equals(bytes, b.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes) * 31 + Long.hashCode(size);
        }

        @Override
        public String toString() {
            return "Body[size=" + size + ", kept=" + bytes.length + ", sha256=" + sha256 + "]";
        }
    }

    /**
     * What came back.
     *
     * @param status HTTP status; for DNS the response code
     * @param bytes body size, or empty where the source does not tell
     * @param latencyNanos arrival to last byte as the source measured it, or empty
     * @param messages what was said on the WebSocket that it opened; known only where somebody has gathered the trace's
     *     {@link MessageRecord}s for it, a replay for instance. A trace itself has them as records of their own
     */
    public record Response(
            int status, Optional<Long> bytes, Optional<Long> latencyNanos, Optional<MessageScript> messages) {

        public Response(int status, Optional<Long> bytes, Optional<Long> latencyNanos) {
            this(status, bytes, latencyNanos, Optional.empty());
        }

        /** The same with what was said then. */
        public Response with(MessageScript script) {
            return new Response(status, bytes, latencyNanos, Optional.of(script));
        }
    }

    /** The same request at another time. */
    public RequestRecord at(long newOffsetNanos) {
        return new RequestRecord(
                newOffsetNanos, client, connection, user, scheme, method, authority, path, headers, body, response);
    }
}
