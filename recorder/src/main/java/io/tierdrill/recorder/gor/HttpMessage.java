package io.tierdrill.recorder.gor;

import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A message of HTTP/1 as bytes: start line and headers read, the body where it lies. Lines may end without a carriage
 * return, as hand-made recordings have it.
 *
 * @param bodyFrom index of the body's first byte
 */
record HttpMessage(String startLine, List<Header> headers, int bodyFrom) {

    static HttpMessage parse(byte[] bytes, int from, int to) throws Refused {
        int end = lineEnd(bytes, from, to);
        String startLine = text(bytes, from, end);
        if (!startLine.contains("HTTP/")) throw new Refused(Flaw.NOT_HTTP_MESSAGE, "", startLine);
        List<Header> headers = new ArrayList<>();
        for (int at = end + 1; at <= to; at = end + 1) {
            end = lineEnd(bytes, at, to);
            if (end > to - 1) break;
            String line = text(bytes, at, end);
            if (line.isEmpty()) return new HttpMessage(startLine, headers, end + 1);
            header(headers, line);
        }
        throw new Refused(Flaw.NOT_HTTP_MESSAGE, "", startLine);
    }

    boolean isChunked() {
        String coding = HttpWords.first(headers, "Transfer-Encoding").orElse("");
        return coding.strip().toLowerCase(Locale.ROOT).endsWith("chunked");
    }

    /** Of a response. */
    int status() throws Refused {
        String[] words = startLine.split(" +", 3);
        if (!words[0].startsWith("HTTP/") || words.length < 2 || !words[1].matches("[1-5]\\d\\d"))
            throw new Refused(Flaw.BAD_STATUS, "", startLine);
        return Integer.parseInt(words[1]);
    }

    /** RFC 9112, 5.2: a line that begins with a space goes on with the header before. */
    private static void header(List<Header> headers, String line) {
        boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
        if (folded && !headers.isEmpty()) {
            Header last = headers.remove(headers.size() - 1);
            HttpWords.header(last.name(), last.value() + " " + line.strip()).ifPresent(headers::add);
            return;
        }
        int colon = line.indexOf(':');
        if (colon > 0)
            HttpWords.header(line.substring(0, colon).strip(), line.substring(colon + 1))
                    .ifPresent(headers::add);
    }

    /** Index of the line feed, or {@code to}. */
    private static int lineEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') at++;
        return at;
    }

    /** UTF-8 where it is, else ISO 8859-1, as HTTP once said. */
    private static String text(byte[] bytes, int from, int lineEnd) {
        int to = lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
