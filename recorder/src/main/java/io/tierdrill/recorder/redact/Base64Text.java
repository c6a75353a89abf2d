package io.tierdrill.recorder.redact;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;

/** Text that was put into base64, either alphabet, with or without padding. Stateless. */
final class Base64Text {
    /** Nine bytes: no secret that we know by its looks is shorter. */
    static final int LEAST = 10;

    private Base64Text() {}

    /** Looks into every stretch that decodes to text. */
    static void find(Layer layer, Predicate<String> holdsSecret, Findings out) {
        String s = layer.text();
        for (int i = 0; i < s.length(); ) {
            int end = i;
            while (end < s.length() && isAlphabet(s.charAt(end))) end++;
            int padded = end;
            while (padded < s.length() && padded < end + 2 && s.charAt(padded) == '=') padded++;
            if (end - i >= LEAST) findInRun(layer, i, end, padded, holdsSecret, out);
            i = end + 1;
        }
    }

    /** Slashes, dashes and underscores belong to the alphabet but may also stand around. */
    private static void findInRun(
            Layer layer, int from, int to, int padded, Predicate<String> holdsSecret, Findings out) {
        String s = layer.text();
        for (int i = from; i + LEAST <= to; i = next(s, i, to)) {
            if (!mayBeText(s, i)) continue;
            int slash = s.indexOf('/', i);
            int end = padded;
            Optional<String> text = decode(s.substring(i, to));
            if (text.isEmpty() && slash > i && slash < to) {
                end = slash;
                text = decode(s.substring(i, slash));
            }
            if (text.isEmpty() || !holdsSecret.test(text.get())) continue;
            out.add(layer, i, end, text.get(), SecretKind.TOKEN);
            if (end == padded) return;
        }
    }

    private static int next(String s, int i, int to) {
        int next = i + 1;
        while (next < to && "/-_+".indexOf(s.charAt(next - 1)) < 0) next++;
        return next;
    }

    /** Whether the first six bytes would be printable; most words are not. */
    static boolean mayBeText(String s, int from) {
        for (int quad = from; quad < from + 8; quad += 4) {
            if (quad + 4 > s.length()) return true;
            int bits = value(s.charAt(quad)) << 18
                    | value(s.charAt(quad + 1)) << 12
                    | value(s.charAt(quad + 2)) << 6
                    | value(s.charAt(quad + 3));
            if (bits < 0 || !isText(bits >> 16) || !isText(bits >> 8 & 0xff) || !isText(bits & 0xff)) return false;
        }
        return true;
    }

    /** The text, or empty where these bytes are none. */
    static Optional<String> decode(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') end--;
        if (end % 4 == 1 || end < 4) return Optional.empty();
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(base64.substring(0, end).replace('-', '+').replace('_', '/'));
            for (byte b : bytes) if (!isText(b & 0xff)) return Optional.empty();
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    private static boolean isText(int b) {
        return b >= 0x20 && b != 0x7f || b == '\n' || b == '\r' || b == '\t';
    }

    private static int value(char c) {
        if (c >= 'A' && c <= 'Z') return c - 'A';
        if (c >= 'a' && c <= 'z') return c - 'a' + 26;
        if (c >= '0' && c <= '9') return c - '0' + 52;
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
    }

    private static boolean isAlphabet(char c) {
        return value(c) >= 0;
    }
}
