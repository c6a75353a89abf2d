package io.tierdrill.recorder.redact;

import java.util.Locale;

/**
 * International bank account numbers in a text: of the length that their country has, with the remainder 1 by 97 (ISO
 * 13616), with at most one space, dash or plus between the characters, in any case. Stateless.
 */
final class Ibans {
    /** Country and length, from the registry. */
    private static final String LENGTHS = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18"
            + "DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28"
            + "LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33"
            + "SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

    private Ibans() {}

    static void find(Layer layer, Findings out) {
        String s = layer.text();
        for (int i = 0; i + 15 <= s.length(); i++) {
            if (!mayStart(s, i)) continue;
            int end = end(s, i);
            if (end > i) out.add(layer, i, end, compact(s, i, end), SecretKind.IBAN);
        }
    }

    /** Two letters of a country and two digits, at the beginning of a word. */
    static boolean mayStart(String s, int i) {
        return looksLikeStart(s, i) && (i == 0 || !isLetter(s.charAt(i - 1)) && !isDigit(s.charAt(i - 1)));
    }

    /** The same, whatever stands before. */
    static boolean looksLikeStart(String s, int i) {
        return i + 15 <= s.length()
                && isDigit(s.charAt(i + 2))
                && isDigit(s.charAt(i + 3))
                && isLetter(s.charAt(i))
                && isLetter(s.charAt(i + 1))
                && length(s, i) > 0;
    }

    private static int length(String s, int i) {
        String country = s.substring(i, i + 2).toUpperCase(Locale.ROOT);
        for (int k = 0; k < LENGTHS.length(); k += 4)
            if (LENGTHS.startsWith(country, k)) return Integer.parseInt(LENGTHS.substring(k + 2, k + 4));
        return 0;
    }

    /** Where the number that begins here ends, or {@code from} where none does. */
    private static int end(String s, int from) {
        int left = length(s, from);
        int i = from;
        for (; left > 0 && i < s.length(); i++) {
            char c = s.charAt(i);
            if (isLetter(c) || isDigit(c)) left--;
            else if (!isSeparator(c) || isSeparator(s.charAt(i - 1))) return from;
        }
        boolean whole = left == 0 && (i == s.length() || !isLetter(s.charAt(i)) && !isDigit(s.charAt(i)));
        return whole && remainder(compact(s, from, i)) == 1 ? i : from;
    }

    private static int remainder(String iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    private static String compact(String s, int from, int to) {
        StringBuilder compact = new StringBuilder(to - from);
        for (int i = from; i < to; i++) if (!isSeparator(s.charAt(i))) compact.append(s.charAt(i));
        return compact.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '+';
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
