package io.tierdrill.recorder.packets.http;

import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.packets.exchange.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of a message.
 *
 * @param startLine without its line end
 * @param headers in order, folded lines joined; lines without a colon are left out
 */
record Head(String startLine, List<Header> headers) {
    /** No number this long is the size of anything. */
    private static final int MOST_DIGITS = 18;

    /** @param end behind the empty line */
    static Head parse(byte[] bytes, int end) {
        return parse(bytes, end, true);
    }

    /** As far as it tells where the message ends: of a response nothing else is kept. */
    static Head parseFraming(byte[] bytes, int end) {
        return parse(bytes, end, false);
    }

    private static Head parse(byte[] bytes, int end, boolean all) {
        List<Header> headers = new ArrayList<>();
        boolean keeps = true;
        int lineEnd = lineEnd(bytes, 0, end);
        String startLine = WireText.plain(bytes, 0, lineEnd);
        for (int at = lineEnd; at < end; ) {
            int from = behindLineEnd(bytes, at, end);
            int to = lineEnd(bytes, from, end);
            at = to;
            if (from >= end || to == from) continue;
            boolean folded = bytes[from] == ' ' || bytes[from] == '\t';
            if (!folded) keeps = all || mayFrame(bytes[from]);
            if (!keeps) continue;
            if (folded) unfold(headers, WireText.value(bytes, from, to));
            else header(headers, bytes, from, to);
        }
        return new Head(startLine, headers);
    }

    /** Whether Content-Length, Transfer-Encoding or Upgrade may begin so. */
    private static boolean mayFrame(byte first) {
        int lower = first | 0x20;
        boolean letter = lower >= 'a' && lower <= 'z';
        return !letter || lower == 'c' || lower == 't' || lower == 'u';
    }

    private static void header(List<Header> headers, byte[] bytes, int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') colon++;
        if (colon == to) return;
        String name = WireText.value(bytes, from, colon);
        if (!name.isEmpty()) headers.add(new Header(name, WireText.value(bytes, colon + 1, to)));
    }

    /** RFC 9112, 5.2: the line goes on with that of the header before. */
    private static void unfold(List<Header> headers, String more) {
        if (headers.isEmpty()) return;
        Header last = headers.remove(headers.size() - 1);
        headers.add(new Header(last.name(), (last.value() + " " + more).strip()));
    }

    private static int lineEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') at++;
        return at > from && at < end && bytes[at - 1] == '\r' ? at - 1 : at;
    }

    private static int behindLineEnd(byte[] bytes, int at, int end) {
        return at < end && bytes[at] == '\r' ? at + 2 : at + 1;
    }

    /** The first value of a header. */
    Optional<String> first(String name) {
        for (Header header : headers) if (header.name().equalsIgnoreCase(name)) return Optional.of(header.value());
        return Optional.empty();
    }

    boolean isChunked() {
        return last("Transfer-Encoding")
                .map(v -> v.substring(v.lastIndexOf(',') + 1).strip().equalsIgnoreCase("chunked"))
                .orElse(false);
    }

    boolean hasTransferEncoding() {
        return first("Transfer-Encoding").isPresent();
    }

    private Optional<String> last(String name) {
        Optional<String> last = Optional.empty();
        for (Header header : headers) if (header.name().equalsIgnoreCase(name)) last = Optional.of(header.value());
        return last;
    }

    /** By Content-Length, which may stand there several times with the same value; {@code none} where it does not. */
    Framing byLength(Framing none) {
        Framing framing = none;
        boolean found = false;
        for (Header header : headers) {
            if (!header.name().equalsIgnoreCase("Content-Length")) continue;
            for (String value : header.value().split(",", -1)) {
                Framing next = length(value.strip());
                if (next.kind() == Framing.Kind.UNKNOWN || found && !next.equals(framing))
                    return Framing.of(Framing.Kind.UNKNOWN);
                framing = next;
                found = true;
            }
        }
        return framing;
    }

    private static Framing length(String digits) {
        boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || digits.length() > MOST_DIGITS) return Framing.of(Framing.Kind.UNKNOWN);
        return new Framing(Framing.Kind.LENGTH, Long.parseLong(digits));
    }
}
