package io.tierdrill.recorder.redact;

/**
 * What is a token by its looks: JSON web tokens, keys with the well-known beginnings of their issuers, private keys, and
 * what follows {@code Bearer} or {@code Basic}. Stateless.
 */
final class Tokens {
    /** Letters with which one of the beginnings begins. */
    static final String STARTERS = "eAgxsrpwySnhdbBG-";

    private static final String PEM = "-----BEGIN";

    private Tokens() {}

    static void find(Layer layer, Findings out) {
        String s = layer.text();
        for (int i = 0; i < s.length(); ) {
            long stretch = isStart(s, i) ? at(s, i) : 0;
            int to = (int) stretch;
            int from = (int) (stretch >>> 32);
            if (to > 0) out.add(layer, from, to, s.substring(from, to), SecretKind.TOKEN);
            i = Math.max(to, i + 1);
        }
    }

    /** Whether a word that may be a token begins here. */
    static boolean isStart(String s, int i) {
        return STARTERS.indexOf(s.charAt(i)) >= 0 && (i == 0 || !Character.isLetterOrDigit(s.charAt(i - 1)));
    }

    /** Where the token that is told here begins (upper half) and ends (lower half); 0 where none is. */
    static long at(String s, int i) {
        return switch (s.charAt(i)) {
            case 'e' -> s.startsWith("eyJ", i) ? jwt(s, i) : 0;
            case 'A' ->
                s.startsWith("AKIA", i) || s.startsWith("ASIA", i)
                        ? key(s, i, 4, 12)
                        : s.startsWith("AIza", i) ? key(s, i, 4, 24) : 0;
            case 'g' ->
                s.startsWith("gh", i) && s.startsWith("_", i + 3) && "pousr".indexOf(s.charAt(i + 2)) >= 0
                        ? key(s, i, 4, 16)
                        : first(s, i, "github_pat_", "glpat-");
            case 'x' -> s.startsWith("xox", i) && s.startsWith("-", i + 4) ? key(s, i, 5, 8) : first(s, i, "xapp-");
            case 's' ->
                s.startsWith("sk-", i) ? key(s, i, 3, 20) : first(s, i, "sk_live_", "sk_test_", "shpat_", "shpss_");
            case 'r' -> first(s, i, "rk_live_", "rk_test_");
            case 'p' -> first(s, i, "pypi-AgE");
            case 'w' -> first(s, i, "whsec_");
            case 'y' -> first(s, i, "ya29.");
            case 'S' -> first(s, i, "SG.");
            case 'n' -> first(s, i, "npm_");
            case 'h' -> first(s, i, "hf_", "hvs.");
            case 'd' -> first(s, i, "dop_v1_");
            case 'G' -> first(s, i, "GOCSPX-");
            case 'b', 'B' -> credentials(s, i);
            case '-' -> s.startsWith(PEM, i) ? pem(s, i) : 0;
            default -> 0;
        };
    }

    private static long first(String s, int i, String... beginnings) {
        for (String beginning : beginnings)
            if (s.startsWith(beginning, i)) return key(s, i, beginning.length(), beginning.length() < 6 ? 16 : 8);
        return 0;
    }

    /** A beginning and at least so many characters of which one is no small letter. */
    private static long key(String s, int from, int beginning, int least) {
        int to = tokenEnd(s, from + beginning);
        return to - from - beginning >= least && isMixed(s, from + beginning, to) ? stretch(from, to) : 0;
    }

    private static long jwt(String s, int from) {
        int dot = from;
        while (dot < s.length() && isBase64Url(s.charAt(dot))) dot++;
        if (dot - from < 8 || dot == s.length() || s.charAt(dot) != '.') return 0;
        int to = dot;
        while (to < s.length() && (isBase64Url(s.charAt(to)) || s.charAt(to) == '.' || s.charAt(to) == '=')) to++;
        return to - dot > 4 ? stretch(from, to) : 0;
    }

    private static long pem(String s, int from) {
        int end = s.indexOf("-----END", from);
        if (end < 0) return stretch(from, s.length());
        int close = s.indexOf("-----", end + 8);
        return stretch(from, close < 0 ? s.length() : close + 5);
    }

    /** The scheme stays, what it carries does not. */
    private static long credentials(String s, int i) {
        boolean bearer = s.regionMatches(true, i, "bearer", 0, 6);
        if (!bearer && !s.regionMatches(true, i, "basic", 0, 5)) return 0;
        int from = i + (bearer ? 6 : 5);
        int first = from;
        while (from < s.length() && (s.charAt(from) == ' ' || s.charAt(from) == '+')) from++;
        if (from == first) return 0;
        int to = from;
        while (to < s.length() && (isBase64Url(s.charAt(to)) || "+/=.~".indexOf(s.charAt(to)) >= 0)) to++;
        boolean secret = bearer
                ? to - from >= 12 && isMixed(s, from, to)
                : Base64Text.decode(s.substring(from, to))
                        .filter(t -> t.indexOf(':') >= 0)
                        .isPresent();
        return secret && !Pseudonyms.isPseudonym(s.substring(from, to)) ? stretch(from, to) : 0;
    }

    private static int tokenEnd(String s, int from) {
        int to = from;
        while (to < s.length() && (isBase64Url(s.charAt(to)) || s.charAt(to) == '.')) to++;
        while (to > from && s.charAt(to - 1) == '.') to--;
        return to;
    }

    private static boolean isBase64Url(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    /** Words in a row ("sk-learn-pipeline-example") have small letters and dashes only. */
    private static boolean isMixed(String s, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') return true;
        }
        return false;
    }

    private static long stretch(int from, int to) {
        return (long) from << 32 | to;
    }
}
