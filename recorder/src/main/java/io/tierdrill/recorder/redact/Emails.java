package io.tierdrill.recorder.redact;

import java.util.Locale;
import java.util.Set;

/** E-mail addresses in a text. Stateless. */
final class Emails {
    private static final String LOCAL_MARKS = "._+-~'!$*^";
    /** What stands behind the last dot of {@code logo@2x.png}, and is no top-level domain. */
    private static final Set<String> FILE_ENDINGS = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "bmp", "tif", "tiff", "css", "js", "mjs", "cjs",
            "json", "xml", "html", "htm", "php", "asp", "aspx", "jsp", "map", "woff", "woff2", "ttf", "eot", "otf",
            "mp3", "mp4", "webm", "pdf", "txt", "swf", "csv", "wasm", "ts", "tsx", "jsx", "scss", "less");

    private Emails() {}

    static void find(Layer layer, Findings out) {
        String s = layer.text();
        for (int at = s.indexOf('@'); at >= 0; at = s.indexOf('@', at + 1)) {
            int from = from(s, at);
            int to = to(s, at);
            if (from < at && to > at && !UserInfo.endsAt(s, at))
                out.add(layer, from, to, s.substring(from, to).toLowerCase(Locale.ROOT), SecretKind.EMAIL);
        }
    }

    private static int from(String s, int at) {
        int from = at;
        while (from > 0 && isLocal(s.charAt(from - 1))) from--;
        return from;
    }

    /** Where the domain ends, or {@code at} where there is none. */
    private static int to(String s, int at) {
        int to = at + 1;
        while (to < s.length() && isDomain(s.charAt(to))) to++;
        while (to > at + 1 && !isAlphanumeric(s.charAt(to - 1))) to--;
        int dot = to - 1;
        while (dot > at && s.charAt(dot) != '.') dot--;
        if (dot <= at + 1 || to - dot < 3) return at;
        for (int i = dot + 1; i < to; i++) if (s.charAt(i) <= '9') return s.startsWith("xn--", dot + 1) ? to : at;
        return FILE_ENDINGS.contains(s.substring(dot + 1, to).toLowerCase(Locale.ROOT)) ? at : to;
    }

    private static boolean isLocal(char c) {
        return isAlphanumeric(c) || LOCAL_MARKS.indexOf(c) >= 0;
    }

    private static boolean isDomain(char c) {
        return isAlphanumeric(c) || c == '.' || c == '-';
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0xa1;
    }
}
