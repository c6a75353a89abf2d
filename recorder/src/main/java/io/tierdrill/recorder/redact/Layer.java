package io.tierdrill.recorder.redact;

import java.util.Arrays;
import java.util.Optional;

/**
 * A text, or what it says with its escapes undone: percent, JSON and C escapes, HTML entities. Every character knows
 * which stretch of the original it came from, so that what is found in a decoded layer is cut out of the original.
 * Layers lie on each other until nothing is left to undo ({@code %2540} needs two). Immutable.
 */
final class Layer {
    private static final int MOST_ENTITY_LENGTH = 8;

    private final String text;
    /** Where in the original each character begins, and where the last one ends; null for the original itself. */
    private final int[] at;

    private Layer(String text, int[] at) {
        this.text = text;
        this.at = at;
    }

    static Layer of(String original) {
        return new Layer(original, null);
    }

    String text() {
        return text;
    }

    /** Where in the original the character at {@code i} begins. */
    int original(int i) {
        return at == null ? i : at[i];
    }

    /** The next layer, or empty where there is nothing to undo. */
    Optional<Layer> decoded() {
        if (text.indexOf('%') < 0 && text.indexOf('\\') < 0 && text.indexOf('&') < 0) return Optional.empty();
        return new Decoding().run();
    }

    /** The text with all escapes undone, layer by layer. */
    static String fullyDecoded(String text, int mostLayers) {
        Layer layer = of(text);
        for (int i = 0; i < mostLayers; i++) {
            Optional<Layer> next = layer.decoded();
            if (next.isEmpty()) break;
            layer = next.get();
        }
        return layer.text;
    }

    /** One pass over the text. */
    private final class Decoding {
        private final StringBuilder out = new StringBuilder(text.length());
        private final int[] places = new int[text.length() + 1];
        private boolean undone;

        Optional<Layer> run() {
            for (int i = 0; i < text.length(); ) {
                char c = text.charAt(i);
                int next = c == '%' ? percent(i) : c == '\\' ? backslash(i) : c == '&' ? entity(i) : i;
                if (next == i) {
                    put(c, i);
                    next = i + 1;
                } else undone = true;
                i = next;
            }
            places[out.length()] = original(text.length());
            return undone
                    ? Optional.of(new Layer(out.toString(), Arrays.copyOf(places, out.length() + 1)))
                    : Optional.empty();
        }

        private void put(char c, int from) {
            places[out.length()] = original(from);
            out.append(c);
        }

        /** Bytes of UTF-8 that stand together become the one character they are. */
        private int percent(int i) {
            int first = hex(i + 1, 2);
            if (first < 0) return i;
            int more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 0;
            int code = more == 0 ? first : first & (0x3f >> more);
            for (int k = 1; k <= more; k++) {
                int at = i + 3 * k;
                int byteThere = at < text.length() && text.charAt(at) == '%' ? hex(at + 1, 2) : -1;
                if (byteThere < 0x80 || byteThere > 0xbf) {
                    put((char) first, i);
                    return i + 3;
                }
                code = code << 6 | byteThere & 0x3f;
            }
            put((char) code, i);
            return i + 3 * (more + 1);
        }

        private int backslash(int i) {
            char c = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int digits = c == 'u' ? 4 : c == 'x' ? 2 : 0;
            if (digits > 0) {
                int code = hex(i + 2, digits);
                if (code < 0) return i;
                put((char) code, i);
                return i + 2 + digits;
            }
            if (c != '/' && c != '"' && c != '\\') return i;
            put(c, i);
            return i + 2;
        }

        private int entity(int i) {
            int end = i + 1;
            while (end < text.length() && end - i <= MOST_ENTITY_LENGTH && text.charAt(end) != ';') end++;
            if (end == text.length() || text.charAt(end) != ';') return i;
            int code = code(text.substring(i + 1, end));
            if (code <= 0 || code > Character.MAX_VALUE) return i;
            put((char) code, i);
            return end + 1;
        }

        private int code(String name) {
            if (name.startsWith("#")) {
                boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
                try {
                    return Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
                } catch (NumberFormatException noNumber) {
                    return 0;
                }
            }
            return switch (name) {
                case "amp" -> '&';
                case "quot" -> '"';
                case "apos" -> '\'';
                case "lt" -> '<';
                case "gt" -> '>';
                case "commat" -> '@';
                case "period" -> '.';
                case "equals" -> '=';
                case "colon" -> ':';
                default -> 0;
            };
        }

        private int hex(int from, int digits) {
            if (from + digits > text.length()) return -1;
            int value = 0;
            for (int i = from; i < from + digits; i++) {
                int digit = Character.digit(text.charAt(i), 16);
                if (digit < 0) return -1;
                value = value << 4 | digit;
            }
            return value;
        }
    }
}
