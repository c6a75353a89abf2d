package io.tierdrill.recorder.packets.exchange;

import java.util.Locale;
import java.util.Optional;

/**
 * What a request is for (RFC 9112, 3.2).
 *
 * @param path beginning with {@code /}, or {@code *}
 */
public record RequestTarget(String scheme, String authority, String path) {

    /**
     * Empty when the request is for no path, as with CONNECT.
     *
     * @param scheme of a target that names none
     * @param host of the Host header, or empty; what stands in the target itself wins
     */
    public static Optional<RequestTarget> of(String scheme, String target, String host) {
        String text = WireText.target(target);
        if (text.startsWith("/") || text.equals("*")) return Optional.of(new RequestTarget(scheme, host, text));
        String lower = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://")) return absolute("http", text.substring(7));
        if (lower.startsWith("https://")) return absolute("https", text.substring(8));
        return Optional.empty();
    }

    private static Optional<RequestTarget> absolute(String scheme, String rest) {
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') end++;
        String path = rest.substring(end);
        // Name and password before the host are credentials.
        String authority = rest.substring(rest.lastIndexOf('@', end - 1) + 1, end);
        return Optional.of(new RequestTarget(scheme, authority, path.startsWith("/") ? path : "/" + path));
    }
}
