package io.tierdrill.recorder.fields;

import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.List;
import java.util.Optional;

/** Words of a message that cannot break a request apart when it is replayed. */
public final class HttpWords {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String HEX = "0123456789ABCDEF";
    /** Longer than any registered method. */
    private static final int MOST_METHOD = 32;

    private HttpWords() {}

    /** A method: a token, as it stands. */
    public static String method(String text, String place) throws Refused {
        if (!isToken(text) || text.length() > MOST_METHOD) throw new Refused(Flaw.BAD_METHOD, place, text);
        return text;
    }

    /**
     * A header line; empty when the name is no token. That is so with what HTTP/2 writes as {@code :authority}, which
     * is no header but part of the URL.
     */
    public static Optional<Header> header(String name, String value) {
        return isToken(name)
                ? Optional.of(new Header(name, withoutControls(value).strip()))
                : Optional.empty();
    }

    /** A target of a byte a character: what is not visible ASCII is percent-encoded, as a client should have done. */
    public static String target(String bytes) {
        if (isVisible(bytes)) return bytes;
        StringBuilder text = new StringBuilder(bytes.length() + 16);
        for (char c : bytes.toCharArray()) {
            if (isVisible(c)) text.append(c);
            else text.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        }
        return text.toString();
    }

    /** Whether it is of visible ASCII only, as a host is. */
    public static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) if (!isVisible(text.charAt(i))) return false;
        return true;
    }

    private static boolean isVisible(char c) {
        return c > 0x20 && c < 0x7f;
    }

    /** The first value of a header. */
    public static Optional<String> first(List<Header> headers, String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** A size of a body, where the text is one. */
    public static Optional<Long> size(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    /** RFC 9110, 5.6.2: fit for a method or the name of a header. */
    public static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HttpWords::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static String withoutControls(String text) {
        if (text.chars().noneMatch(HttpWords::isControl)) return text;
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) if (isControl(clean.charAt(i))) clean.setCharAt(i, ' ');
        return clean.toString();
    }

    private static boolean isControl(int c) {
        return c < 0x20 || c >= 0x7f && c < 0xa0;
    }
}
