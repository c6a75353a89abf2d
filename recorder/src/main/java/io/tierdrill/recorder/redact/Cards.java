package io.tierdrill.recorder.redact;

/**
 * Card numbers in a text: digits, with at most one space, dash or plus between, whose check digit is right (Luhn) and
 * that begin as cards of their length do (ISO/IEC 7812). Without the latter every tenth time stamp, bar code and
 * identifier would be one. Stateless.
 */
final class Cards {
    private static final int LEAST = 13;
    private static final int MOST = 19;

    private Cards() {}

    static void find(Layer layer, Findings out) {
        String s = layer.text();
        for (int i = 0; i < s.length(); ) {
            if (!isDigit(s, i)) i++;
            else {
                int end = runEnd(s, i);
                if (end - i >= LEAST && !isFraction(s, i)) findInRun(layer, i, end, out);
                i = end;
            }
        }
    }

    /** Tries every group of digits as the beginning of a card. */
    private static void findInRun(Layer layer, int from, int to, Findings out) {
        String s = layer.text();
        for (int i = from; i < to; ) {
            int end = isDigit(s, i) && (i == from || !isDigit(s, i - 1)) ? cardEnd(s, i, to) : i;
            if (end > i) out.add(layer, i, end, digits(s, i, end), SecretKind.CARD);
            i = Math.max(end, i + 1);
        }
    }

    /** Where the longest card that begins here ends, or {@code from} where none does. */
    private static int cardEnd(String s, int from, int to) {
        int best = from;
        int digits = 0;
        for (int i = from; i < to && digits <= MOST; i++) {
            if (!isDigit(s, i)) continue;
            digits++;
            boolean groupEnds = i + 1 == to || !isDigit(s, i + 1);
            if (groupEnds && digits >= LEAST && digits <= MOST && isCard(s, from, i + 1)) best = i + 1;
        }
        return best;
    }

    private static boolean isCard(String s, int from, int to) {
        String digits = digits(s, from, to);
        if (digits.length() < to - from && (isLetter(s, from - 1) || isLetter(s, to))) return false;
        return isPlausible(digits) && luhn(digits);
    }

    static boolean isPlausible(String d) {
        int n = d.length();
        if (n < LEAST || n > MOST) return false;
        int two = Integer.parseInt(d.substring(0, 2));
        return switch (d.charAt(0)) {
            case '0' -> false;
            case '1' -> n == 15;
            case '2' -> n >= 16 && !isDate(d);
            case '3' -> two == 34 || two == 37 ? n == 15 : two == 30 || two == 36 || two >= 38 ? n >= 14 : n >= 16;
            case '4' -> n != 14 && n != 15 && n != 17;
            case '5', '6' -> n >= 14;
            default -> n == 16;
        };
    }

    /** {@code 20150517100503...}: a time, not a card. */
    private static boolean isDate(String d) {
        int month = Integer.parseInt(d.substring(4, 6));
        int day = Integer.parseInt(d.substring(6, 8));
        return d.startsWith("20") && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            if (i % 2 == 1) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    private static int runEnd(String s, int from) {
        int i = from;
        while (isDigit(s, i) || isSeparator(s, i) && isDigit(s, i + 1)) i++;
        return i;
    }

    /** {@code 0.4111111111111111} is a number. */
    private static boolean isFraction(String s, int from) {
        return from >= 2 && s.charAt(from - 1) == '.' && isDigit(s, from - 2);
    }

    private static String digits(String s, int from, int to) {
        StringBuilder digits = new StringBuilder(to - from);
        for (int i = from; i < to; i++) if (isDigit(s, i)) digits.append(s.charAt(i));
        return digits.toString();
    }

    private static boolean isDigit(String s, int i) {
        return i >= 0 && i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9';
    }

    private static boolean isLetter(String s, int i) {
        return i >= 0 && i < s.length() && Character.isLetter(s.charAt(i));
    }

    private static boolean isSeparator(String s, int i) {
        return i < s.length() && (s.charAt(i) == ' ' || s.charAt(i) == '-' || s.charAt(i) == '+');
    }
}
