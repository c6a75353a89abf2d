package io.tierdrill.recorder.redact;

import java.util.Set;

/**
 * Names with secret values in a text: {@code ?token=x}, {@code ;jsessionid=x}, {@code #access_token=x}, {@code "password":
 * "x"}, {@code secret: x}. One thread.
 */
final class Pairs {
    private static final String NAME_MARKS = "_.-[]$~*";
    /** A state of two letters is one of a country. */
    private static final int LEAST_IN_URL = 6;

    private static final Set<String> NO_SECRETS = Set.of("true", "false", "null", "undefined");
    private static final Set<String> SCHEMES =
            Set.of("bearer", "basic", "digest", "token", "negotiate", "apikey", "aws4-hmac-sha256");

    private final SecretNames names;

    Pairs(SecretNames names) {
        this.names = names;
    }

    /** @param startsWithName whether the text is a form, which begins with a name as a query does after its mark */
    void find(Layer layer, boolean startsWithName, Findings out) {
        String s = layer.text();
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '=' && c != ':') continue;
            if (c == ':' ? !mayBeColonOfName(s, i) : false) continue;
            boolean quoted = isQuote(s, i - 1);
            int nameTo = quoted ? i - 1 : trimmed(s, i);
            int nameFrom = nameFrom(s, nameTo);
            boolean inUrl = c == '=' && isInUrl(s, nameFrom, startsWithName);
            if (!names.isSecret(s, nameFrom, nameTo, inUrl)) continue;
            int end = add(layer, i, nameFrom, inUrl, out);
            i = Math.max(i, end - 1);
        }
    }

    /** The beginning of the name that ends here. */
    static int nameFrom(String s, int to) {
        int from = to;
        while (from > 0 && isName(s.charAt(from - 1))) from--;
        return from;
    }

    /** Whether the character before is one that parameters of URLs stand behind. */
    static boolean isInUrl(String s, int nameFrom, boolean startsWithName) {
        return nameFrom == 0 ? startsWithName : "?&#;".indexOf(s.charAt(nameFrom - 1)) >= 0;
    }

    /** In {@code http://host:80/a:b} no colon is; in JSON, scripts and headers they are. */
    static boolean mayBeColonOfName(String s, int colon) {
        if (isQuote(s, colon - 1)) return true;
        char next = colon + 1 < s.length() ? s.charAt(colon + 1) : ' ';
        if (next == ' ' || next == '"' || next == '\'') return true;
        int from = nameFrom(s, colon);
        return from > 0 && from < colon && "{,".indexOf(s.charAt(from - 1)) >= 0;
    }

    private int add(Layer layer, int separator, int nameFrom, boolean inUrl, Findings out) {
        String s = layer.text();
        int from = separator + 1;
        while (from < s.length() && s.charAt(from) == ' ' && !inUrl) from++;
        if (from >= s.length()) return from;
        char first = s.charAt(from);
        int to;
        if (isQuote(s, from)) to = closing(s, ++from, first);
        else if (first == '{' || first == '[') to = balanced(s, from);
        else {
            to = plainEnd(s, from, inUrl && s.charAt(Math.max(0, nameFrom - 1)) != ';', inUrl);
            if (!inUrl) to = withoutScheme(s, from, to);
        }
        String value = s.substring(from, to);
        boolean word = inUrl && value.length() < LEAST_IN_URL && !names.isSecret(s, nameFrom, separator, false);
        if (word) return to;
        if (!NO_SECRETS.contains(value) && !holdsOnlyPseudonym(value))
            out.add(layer, from, to, Layer.fullyDecoded(value, TextMask.MOST_LAYERS), SecretKind.NAMED);
        return to;
    }

    private static boolean holdsOnlyPseudonym(String value) {
        int from = value.length() - Pseudonyms.LENGTH;
        return from >= 0
                && Pseudonyms.isPseudonym(value.substring(from))
                && (from == 0
                        || SCHEMES.contains(value.substring(0, from).strip().toLowerCase(java.util.Locale.ROOT)));
    }

    private static int plainEnd(String s, int from, boolean query, boolean inUrl) {
        int to = from;
        for (; to < s.length(); to++) {
            char c = s.charAt(to);
            if (c <= ' ' || c == '&' || c == '"' || c == '<' || c == '>') break;
            if (c == '#' && inUrl || c == ';' && !query) break;
            if (!inUrl && (c == '}' || c == '\'')) break;
        }
        return to;
    }

    /** {@code Authorization: Bearer x}: two words. */
    private static int withoutScheme(String s, int from, int to) {
        if (to >= s.length() || s.charAt(to) != ' ') return to;
        if (!SCHEMES.contains(s.substring(from, to).toLowerCase(java.util.Locale.ROOT))) return to;
        int next = to;
        while (next < s.length() && s.charAt(next) == ' ') next++;
        return plainEnd(s, next, false, false);
    }

    private static int closing(String s, int from, char quote) {
        for (int i = from; i < s.length(); i++) {
            if (s.charAt(i) == '\\') i++;
            else if (s.charAt(i) == quote) return i;
        }
        return s.length();
    }

    private static int balanced(String s, int from) {
        int depth = 0;
        for (int i = from; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '"') i = closing(s, i + 1, c);
            else if (c == '{' || c == '[') depth++;
            else if ((c == '}' || c == ']') && --depth == 0) return i + 1;
        }
        return s.length();
    }

    /** Spaces may stand before the separator. */
    private static int trimmed(String s, int to) {
        int end = to;
        while (end > 0 && s.charAt(end - 1) == ' ') end--;
        return end;
    }

    private static boolean isQuote(String s, int i) {
        return i >= 0 && i < s.length() && (s.charAt(i) == '"' || s.charAt(i) == '\'');
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || NAME_MARKS.indexOf(c) >= 0;
    }
}
