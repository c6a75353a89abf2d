package io.tierdrill.load.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of the settings with gaps: <code>${name}</code> is a value known of the user, {@code $1} a group of the
 * expression it belongs to, {@code $$} a dollar. Only texts of settings are templates; what was recorded is never read
 * as one.
 */
final class Template {
    private static final Pattern GAP = Pattern.compile("\\$\\$|\\$\\{([^}]*)}|\\$([0-9])");
    private static final String HEX = "0123456789ABCDEF";

    /** A stretch of the text: literal, a name, or a group. */
    private record Part(String literal, String name, int group) {}

    private final List<Part> parts = new ArrayList<>();

    Template(String text) {
        Matcher gap = GAP.matcher(text);
        int end = 0;
        while (gap.find()) {
            if (gap.start() > end) parts.add(new Part(text.substring(end, gap.start()), "", 0));
            end = gap.end();
            if (gap.group(1) != null) parts.add(new Part("", gap.group(1), 0));
            else if (gap.group(2) != null) parts.add(new Part("", "", Integer.parseInt(gap.group(2)) + 1));
            else parts.add(new Part("$", "", 0));
        }
        if (end < text.length()) parts.add(new Part(text.substring(end), "", 0));
    }

    /** Names it needs, in order. */
    List<String> names() {
        return parts.stream()
                .map(Part::name)
                .filter(n -> !n.isEmpty())
                .distinct()
                .toList();
    }

    /** Whether it has a name between braces that is none. */
    boolean hasEmptyName() {
        return parts.stream().anyMatch(p -> p.literal.isEmpty() && p.name.isEmpty() && p.group == 0);
    }

    /** The highest group it refers to; -1 is for none, as group 0 is the whole match. */
    int highestGroup() {
        return parts.stream().mapToInt(Part::group).max().orElse(0) - 1;
    }

    /**
     * The text with its gaps filled; nothing where a name has no value yet.
     *
     * @param form how a value is written where the text goes
     */
    Optional<String> fill(Function<String, Optional<String>> values, UnaryOperator<String> form) {
        return fill(values, form, Optional.empty());
    }

    Optional<String> fill(
            Function<String, Optional<String>> values, UnaryOperator<String> form, Optional<MatchResult> match) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(part.literal);
            if (part.group > 0 && match.isPresent()) {
                String group = match.get().group(part.group - 1);
                if (group != null) filled.append(group);
            }
            if (part.name.isEmpty()) continue;
            Optional<String> value = values.apply(part.name);
            if (value.isEmpty()) return Optional.empty();
            filled.append(form.apply(value.get()));
        }
        return Optional.of(filled.toString());
    }

    /** For headers: control characters, which a recorded user may have, become spaces. */
    static String plain(String value) {
        StringBuilder out = new StringBuilder(value);
        for (int i = 0; i < out.length(); i++) if (out.charAt(i) < ' ' || out.charAt(i) == 0x7f) out.setCharAt(i, ' ');
        return out.toString();
    }

    /** Percent-encoded but for unreserved characters (RFC 3986): stays within its segment or parameter. */
    static String url(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean unreserved = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            if (unreserved || b == '-' || b == '.' || b == '_' || b == '~') out.append((char) b);
            else out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        return out.toString();
    }

    /** Within the quotes of a JSON text. */
    static String json(String value) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ') out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            else out.append(c);
        }
        return out.toString();
    }
}
