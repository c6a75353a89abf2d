package io.tierdrill.recorder.fields;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * What a URL asks for: scheme, host and path, without fragment and without name and password.
 *
 * @param path with its query; begins with {@code /}; bytes outside visible ASCII percent-encoded
 */
public record HttpUrl(String scheme, String authority, String path) {
    private static final String HEX = "0123456789ABCDEF";
    /** What browsers answer out of themselves. */
    private static final Set<String> OF_THE_BROWSER = Set.of(
            "data",
            "blob",
            "about",
            "file",
            "chrome",
            "chrome-extension",
            "moz-extension",
            "safari-extension",
            "safari-web-extension",
            "edge",
            "resource",
            "javascript",
            "filesystem",
            "devtools",
            "view-source");

    /** An absolute URL. */
    public static HttpUrl of(String url, String place) throws Refused {
        String text = url.strip();
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (scheme.equals("ws") || scheme.equals("wss")) throw new Refused(Flaw.WEBSOCKET, place, url);
        if (OF_THE_BROWSER.contains(scheme)) throw new Refused(Flaw.NOT_FOR_A_SERVER, place, url);
        boolean http = scheme.equals("http") || scheme.equals("https");
        if (!http || !text.startsWith("//", colon + 1)) throw new Refused(Flaw.BAD_URL, place, url);
        int from = colon + 3;
        int to = endOfAuthority(text, from);
        String authority =
                text.substring(text.lastIndexOf('@', to - 1) >= from ? text.lastIndexOf('@', to - 1) + 1 : from, to);
        if (!isAuthority(authority)) throw new Refused(Flaw.BAD_URL, place, url);
        return new HttpUrl(scheme, authority, path(text.substring(to)));
    }

    /** An absolute URL, or only its path where the scheme and host are known. */
    public static HttpUrl of(String url, String scheme, String authority, String place) throws Refused {
        String text = url.strip();
        boolean path = text.isEmpty() || text.startsWith("/") || text.startsWith("?") || text.equals("*");
        return path ? new HttpUrl(scheme, authority, path(text)) : of(url, place);
    }

    private static int endOfAuthority(String text, int from) {
        int at = from;
        while (at < text.length() && "/?#\\".indexOf(text.charAt(at)) < 0) at++;
        return at;
    }

    /** Visible ASCII; names in other letters are written in Punycode by all that make such documents. */
    public static boolean isAuthority(String text) {
        return !text.isEmpty() && text.charAt(0) != ':' && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static String path(String rest) {
        int fragment = rest.indexOf('#');
        String text = fragment < 0 ? rest : rest.substring(0, fragment);
        if (text.equals("*")) return text;
        if (!text.startsWith("/")) text = "/" + text;
        return text.chars().allMatch(HttpUrl::isVisible) ? text : encoded(text);
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isVisible(b)) out.append((char) b);
            else out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        return out.toString();
    }

    private static boolean isVisible(int c) {
        return c > 0x20 && c < 0x7f;
    }
}
