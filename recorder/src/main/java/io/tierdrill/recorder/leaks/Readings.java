package io.tierdrill.recorder.leaks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every way to read a text: as it stands, percent-decoded, unescaped, out of base64, and all that again. Stateless. */
final class Readings {
    private static final int MOST_READINGS = 48;
    private static final int MOST_LENGTH = 1 << 20;
    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2}){1,999}");
    private static final Pattern UNICODE =
            Pattern.compile("\\\\u([0-9A-Fa-f]{4})|\\\\x([0-9A-Fa-f]{2})|\\\\([\"/\\\\])");
    private static final Pattern ENTITY =
            Pattern.compile("&#([0-9]{1,5});|&#[xX]([0-9A-Fa-f]{1,4});|&(amp|quot|commat|period|colon|equals);");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{10,}={0,2}");

    private Readings() {}

    static Set<String> of(String text) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> todo = new ArrayDeque<>(Set.of(text));
        while (!todo.isEmpty() && all.size() < MOST_READINGS) {
            String next = todo.poll();
            if (next.length() > MOST_LENGTH || !all.add(next)) continue;
            todo.add(percent(next));
            todo.add(unescaped(next));
            todo.add(entities(next));
            Matcher run = BASE64.matcher(next);
            while (run.find()) pieces(run.group(), todo);
        }
        return all;
    }

    private static String percent(String text) {
        if (text.indexOf('%') < 0) return text;
        return PERCENT.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(URLDecoder.decode(m.group(), StandardCharsets.UTF_8)));
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) return text;
        return UNICODE.matcher(text).replaceAll(m -> {
            if (m.group(3) != null) return Matcher.quoteReplacement(m.group(3));
            return character(m.group(1) != null ? m.group(1) : m.group(2), 16);
        });
    }

    private static String entities(String text) {
        if (text.indexOf('&') < 0) return text;
        return ENTITY.matcher(text).replaceAll(m -> {
            if (m.group(1) != null) return character(m.group(1), 10);
            if (m.group(2) != null) return character(m.group(2), 16);
            return switch (m.group(3)) {
                case "amp" -> "&";
                case "quot" -> "\"";
                case "commat" -> "@";
                case "period" -> ".";
                case "colon" -> ":";
                default -> "=";
            };
        });
    }

    private static String character(String digits, int radix) {
        return Matcher.quoteReplacement(Character.toString(Integer.parseInt(digits, radix) & 0xffff));
    }

    /** Slashes and dashes belong to base64 or stand between. */
    private static void pieces(String run, Deque<String> out) {
        decoded(run, out);
        String[] pieces = run.split("[/_-]");
        if (pieces.length > 1) for (String piece : pieces) if (piece.length() >= 10) decoded(piece, out);
    }

    private static void decoded(String base64, Deque<String> out) {
        String bare = base64.replace("=", "");
        if (bare.length() % 4 == 1) return;
        byte[] bytes = Base64.getDecoder().decode(bare.replace('-', '+').replace('_', '/'));
        for (byte b : bytes) if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7f) return;
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') < 0) out.add(text);
    }
}
