package io.tierdrill.load.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with gaps: {@code *} stands for anything, also for nothing and for slashes, <code>{name}</code> for one or more
 * characters within a segment. Matched against the path without its query, as it was recorded (escapes stay). Two
 * patterns of the same text are equal.
 */
public final class PathPattern {
    public static final String ALLOWED =
            "a path starting with '/', in which * is anything and {name} a part without slashes, such as /cart/{id}/*";

    private static final Pattern GAP = Pattern.compile("\\*+|\\{([A-Za-z][A-Za-z0-9_]*)}");
    private static final int MOST_GAPS = 10;

    private final String text;
    private final SafePattern pattern;
    private final Map<String, Integer> groups;

    private PathPattern(String text, SafePattern pattern, Map<String, Integer> groups) {
        this.text = text;
        this.pattern = pattern;
        this.groups = groups;
    }

    /** The pattern, or nothing where the text is none. */
    public static Optional<PathPattern> parse(String text) {
        if (!text.startsWith("/") || text.chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#' || c == 0x7f))
            return Optional.empty();
        StringBuilder regex = new StringBuilder();
        Map<String, Integer> groups = new LinkedHashMap<>();
        Matcher gap = GAP.matcher(text);
        int end = 0;
        int gaps = 0;
        while (gap.find()) {
            regex.append(quoted(text.substring(end, gap.start())));
            end = gap.end();
            if (gap.group(1) != null && groups.put(gap.group(1), groups.size() + 1) != null) return Optional.empty();
            regex.append(gap.group(1) == null ? ".*" : "([^/]+)");
            if (++gaps > MOST_GAPS) return Optional.empty();
        }
        String rest = text.substring(end);
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) return Optional.empty();
        regex.append(quoted(rest));
        return Optional.of(new PathPattern(text, SafePattern.of("(?s)" + regex), groups));
    }

    private static String quoted(String literal) {
        return literal.isEmpty() ? "" : Pattern.quote(literal);
    }

    /** The path of a request target, without its query. */
    public static String pathOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Names of its gaps, in order. */
    public List<String> names() {
        return new ArrayList<>(groups.keySet());
    }

    public boolean matches(String path) {
        return pattern.matches(path).isPresent();
    }

    /** Where the named gap stands in the path: its first character and the one after its last; empty without a match. */
    public Optional<int[]> find(String path, String name) {
        Optional<MatchResult> match = pattern.matches(path);
        if (match.isEmpty()) return Optional.empty();
        int group = groups.get(name);
        return Optional.of(new int[] {match.get().start(group), match.get().end(group)});
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern p && text.equals(p.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
