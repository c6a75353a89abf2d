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
            if (!mayBeText(s, i, i + 8)) continue;
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

    /** Whether all whole groups of this stretch would be text; most words are not. */
    static boolean mayBeText(String s, int from, int to) {
        int end = Math.min(to, s.length()) - 4;
        int more = 0;
        for (int quad = from; quad <= end; quad += 4) {
            int bits = value(s.charAt(quad)) << 18
                    | value(s.charAt(quad + 1)) << 12
                    | value(s.charAt(quad + 2)) << 6
                    | value(s.charAt(quad + 3));
            if (bits < 0) return false;
            more = afterByte(bits >> 16, more);
            more = afterByte(bits >> 8 & 0xff, more);
            more = afterByte(bits & 0xff, more);
            if (more < 0) return false;
        }
        return true;
    }

    /** How many bytes of UTF-8 must follow this one, where so many were to follow before; below 0 it is no text. */
    private static int afterByte(int b, int more) {
        if (more < 0) return more;
        if (b < 0x80) return more == 0 && isText(b) ? 0 : -1;
        if (b < 0xc0) return more - 1;
        return more > 0 ? -1 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : b < 0xf5 ? 3 : -1;
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
