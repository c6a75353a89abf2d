package io.tierdrill.recorder.redact;

import java.util.Optional;
import java.util.regex.Pattern;

/** How JSON writes strings and numbers (RFC 8259). Stateless. */
final class JsonText {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final String SHORT = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private JsonText() {}

    /** What stands between the quotes, or empty where an escape is wrong. */
    static Optional<String> unescaped(String raw) {
        if (raw.indexOf('\\') < 0) return Optional.of(raw);
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            if (++i == raw.length()) return Optional.empty();
            int known = SHORT.indexOf(raw.charAt(i));
            if (known >= 0) text.append(MEANT.charAt(known));
            else if (raw.charAt(i) == 'u' && isHex(raw, i + 1)) {
                text.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
                i += 4;
            } else return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    private static boolean isHex(String raw, int from) {
        if (from + 4 > raw.length()) return false;
        for (int i = from; i < from + 4; i++) if (Character.digit(raw.charAt(i), 16) < 0) return false;
        return true;
    }

    static String escaped(String text) {
        StringBuilder raw = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int known = MEANT.indexOf(c);
            if (known >= 0 && c != '/') raw.append('\\').append(SHORT.charAt(known));
            else if (c < ' ' || Character.isSurrogate(c)) raw.append(String.format("\\u%04x", (int) c));
            else raw.append(c);
        }
        return raw.toString();
    }

    static boolean isNumber(String word) {
        return NUMBER.matcher(word).matches();
    }
}
