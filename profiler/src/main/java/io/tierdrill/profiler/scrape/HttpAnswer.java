package io.tierdrill.profiler.scrape;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.x answer to one GET, as far as a scrape needs it (RFC 9112): a body by length, by chunks, or up to the end
 * of the connection.
 *
 * @param keepsConnection whether the next request may follow on it
 */
record HttpAnswer(int status, String body, boolean keepsConnection) {
    private static final String HEAD_END = "\r\n\r\n";

    /**
     * The answer these bytes begin with, or nothing while more are to come.
     *
     * @param closed whether the peer will send no more
     * @throws IllegalArgumentException if it is not HTTP, or was closed too early
     */
    static Optional<HttpAnswer> parse(byte[] bytes, int length, boolean closed) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf(HEAD_END);
        if (headEnd < 0) return incomplete(closed);
        String head = text.substring(0, headEnd);
        int status = status(head);
        Body body = new Body(text, headEnd + HEAD_END.length());
        boolean complete;
        if (header(head, "transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked"))
            complete = body.readChunks();
        else if (!header(head, "content-length").isEmpty())
            complete = body.readLength(Integer.parseInt(header(head, "content-length")));
        else complete = closed && body.readRest();
        if (!complete) return incomplete(closed);
        return Optional.of(new HttpAnswer(status, body.utf8(), !closed && keeps(head)));
    }

    private static Optional<HttpAnswer> incomplete(boolean closed) {
        if (closed) throw new IllegalArgumentException("closed before the answer was whole");
        return Optional.empty();
    }

    private static int status(String head) {
        if (!head.startsWith("HTTP/1.") || head.length() < 12)
            throw new IllegalArgumentException("not an HTTP/1.x answer");
        return Integer.parseInt(head.substring(9, 12));
    }

    private static boolean keeps(String head) {
        return head.startsWith("HTTP/1.1") && !header(head, "connection").equalsIgnoreCase("close");
    }

    private static String header(String head, String name) {
        for (String line : (Iterable<String>) head.lines().skip(1)::iterator) {
            int colon = line.indexOf(':');
            if (colon == name.length() && line.regionMatches(true, 0, name, 0, colon))
                return line.substring(colon + 1).strip();
        }
        return "";
    }

    /** Bytes as characters of Latin-1, put together and only then read as UTF-8. */
    private static final class Body {
        private final String text;
        private final StringBuilder content = new StringBuilder();
        private int at;

        Body(String text, int at) {
            this.text = text;
            this.at = at;
        }

        boolean readLength(int length) {
            if (length < 0) throw new IllegalArgumentException("content-length must be 0 or more, was " + length);
            if (text.length() - at < length) return false;
            content.append(text, at, at + length);
            return true;
        }

        boolean readRest() {
            return readLength(text.length() - at);
        }

        boolean readChunks() {
            while (true) {
                int lineEnd = text.indexOf("\r\n", at);
                if (lineEnd < 0) return false;
                int size = Integer.parseInt(
                        text.substring(at, lineEnd).split(";", 2)[0].strip(), 16);
                at = lineEnd + 2;
                if (size == 0) return text.indexOf("\r\n", at) >= 0;
                if (!readLength(size)) return false;
                at += size + 2;
            }
        }

        String utf8() {
            return new String(content.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
