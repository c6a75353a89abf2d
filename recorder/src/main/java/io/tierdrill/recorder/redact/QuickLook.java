package io.tierdrill.recorder.redact;

import java.nio.charset.StandardCharsets;

/**
 * Whether a text is beyond suspicion, told in one pass without decoding it: nearly all paths, user agents and referers
 * of ordinary traffic are. May suspect what is harmless, never the other way round. One thread.
 */
final class QuickLook {
    private static final byte LETTER = 0;
    private static final byte BREAK = 1;
    private static final byte DIGIT = 2;
    private static final byte STARTER = 3;
    private static final byte PERCENT = 4;
    private static final byte EQUALS = 5;
    private static final byte COLON = 6;
    private static final byte AMPERSAND = 7;
    private static final byte SUSPECT = 8;
    private static final byte JOINT = 9;
    private static final byte DASH = 10;
    private static final byte SPACE = 11;

    /** A card has 13 and more, an IBAN rarely less than 12. */
    private static final int MOST_DIGITS = 9;

    private final SecretNames names;
    private final byte[] classes = new byte[128];

    QuickLook(SecretNames names) {
        this.names = names;
        for (char c = 0; c < 128; c++) classes[c] = classOf(c);
    }

    private static byte classOf(char c) {
        if (c == '-') return DASH;
        if (Tokens.STARTERS.indexOf(c) >= 0) return STARTER;
        if (c >= '0' && c <= '9') return DIGIT;
        if (Character.isLetter(c)) return LETTER;
        return switch (c) {
            case '%' -> PERCENT;
            case '=' -> EQUALS;
            case ':' -> COLON;
            case '&' -> AMPERSAND;
            case '@', '\\' -> SUSPECT;
            case '+', '_' -> JOINT;
            case ' ' -> SPACE;
            default -> BREAK;
        };
    }

    /** Characters beyond ISO 8859-1 are taken for question marks: they belong to no secret that we know by its looks. */
    boolean isClean(String s, boolean startsWithName) {
        byte[] text = s.getBytes(StandardCharsets.ISO_8859_1);
        int run = 0;
        int digits = 0;
        byte previous = BREAK;
        for (int i = 0; i < text.length; i++) {
            byte c = text[i];
            byte kind = c < 0 ? BREAK : classes[c];
            if (kind == STARTER || kind == LETTER) {
                // No card goes on behind a letter: identifiers in hexadecimal are none.
                if (digits > MOST_DIGITS) return false;
                digits = 0;
                if (kind == LETTER) {
                    previous = kind;
                    continue;
                }
                if (previous != LETTER && previous != STARTER && previous != DIGIT && Tokens.at(s, i) != 0)
                    return false;
            } else if (kind == DIGIT) {
                digits++;
                if (previous != DIGIT && i >= 2 && mayStartIban(s, i - 2)) return false;
            } else {
                if (isBase64(s, run, i)) return false;
                if (kind == DASH) {
                    if (previous == DASH && s.startsWith("-----BEGIN", i - 1)) return false;
                } else if (kind != JOINT && kind != SPACE) {
                    if (digits > MOST_DIGITS) return false;
                    if (kind != BREAK && isSuspicious(s, i, kind, startsWithName)) return false;
                    // A space, which a card may have, counts as one in either writing.
                    boolean space = kind == PERCENT && text[i + 1] == '2' && text[i + 2] == '0';
                    if (!space) digits = 0;
                    if (kind == PERCENT) i += 2;
                }
                run = i + 1;
            }
            previous = kind;
        }
        return digits <= MOST_DIGITS && !isBase64(s, run, text.length);
    }

    /** At the beginning of a word, also of one behind an escape. */
    private static boolean mayStartIban(String s, int i) {
        boolean behindEscape = i >= 3 && s.charAt(i - 3) == '%';
        return behindEscape ? Ibans.looksLikeStart(s, i) : Ibans.mayStart(s, i);
    }

    /** Whether the word may be base64 of text, alone or with what follows. */
    private static boolean isBase64(String s, int from, int to) {
        if (to - from >= Base64Text.LEAST) return Base64Text.mayBeText(s, from, to);
        return to - from >= 4
                && to < s.length()
                && "/+-_".indexOf(s.charAt(to)) >= 0
                && Base64Text.mayBeText(s, from, from + 16);
    }

    private boolean isSuspicious(String s, int i, byte kind, boolean startsWithName) {
        switch (kind) {
            case PERCENT:
                return !isHarmless(decoded(s, i));
            case EQUALS:
                int from = Pairs.nameFrom(s, i);
                if (from == i) return i > 0 && (s.charAt(i - 1) == ' ' || s.charAt(i - 1) == '"');
                return names.isSecret(s, from, i, Pairs.isInUrl(s, from, startsWithName));
            case COLON:
                return Pairs.mayBeColonOfName(s, i);
            case AMPERSAND:
                return isEntity(s, i);
            default:
                return true;
        }
    }

    /** What stands there percent-encoded; a suspicious character where nothing valid does. */
    private static char decoded(String s, int i) {
        if (i + 2 >= s.length()) return '%';
        int high = Character.digit(s.charAt(i + 1), 16);
        int low = Character.digit(s.charAt(i + 2), 16);
        return high < 0 || low < 0 ? '%' : (char) (high << 4 | low);
    }

    /** Separators that are part of no secret and no name; bytes of UTF-8 beyond the first 128 characters. */
    private static boolean isHarmless(char c) {
        return c >= 0x80 || c == ' ' || c == ',' || c == '/' || c == '(' || c == ')' || c == '|';
    }

    private static boolean isEntity(String s, int i) {
        for (int k = i + 1; k < s.length() && k <= i + 8; k++) {
            char c = s.charAt(k);
            if (c == ';' || c == '#') return true;
            if (!Character.isLetterOrDigit(c)) return false;
        }
        return false;
    }
}
