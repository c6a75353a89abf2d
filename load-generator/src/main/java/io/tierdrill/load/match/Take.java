package io.tierdrill.load.match;

import io.tierdrill.model.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where in an answer a value stands.
 *
 * @param place which part of it
 * @param what the name of a header or cookie, a JSON pointer (RFC 6901), or a regular expression whose first group, or
 *     whole match where it has none, is the value
 */
public record Take(Place place, String what) {
    /** A value longer than this is no token and no identifier; it counts as not found. */
    static final int LONGEST = 4_096;

    /** What a JSON pointer may be, for messages. */
    public static final String POINTER_HELP = "Allowed: a JSON pointer, such as /cart/id or /items/0/price.";

    private static final String NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** The part of an answer that is looked at. */
    public enum Place {
        HEADER("header"),
        COOKIE("cookie"),
        JSON("json"),
        REGEX("regex");

        private final String word;

        Place(String word) {
            this.word = word;
        }
    }

    /** Takes {@code header}, {@code cookie}, {@code json} or {@code regex} out of the node; exactly one must be there. */
    public static Take from(ConfigNode node) {
        List<Take> found = new ArrayList<>();
        for (Place place : Place.values())
            node.optionalText(place.word).ifPresent(what -> found.add(checked(node, new Take(place, what))));
        String help =
                "Write one of header, cookie, json (a pointer such as /id) and regex (its first group is the value).";
        if (found.isEmpty()) node.problem("json", "is missing, and so are header, cookie and regex", help);
        if (found.size() > 1) node.problem(found.get(1).place.word, "stands beside " + found.get(0).place.word, help);
        return found.isEmpty() ? new Take(Place.HEADER, "x") : found.get(0);
    }

    private static Take checked(ConfigNode node, Take take) {
        Optional<String> fault = take.fault();
        if (fault.isEmpty()) return take;
        node.problem(take.place.word, "cannot use \"" + take.what + "\"", fault.get());
        return new Take(Place.HEADER, "x");
    }

    private Optional<String> fault() {
        return switch (place) {
            case HEADER, COOKIE ->
                what.matches(NAME) ? Optional.empty() : Optional.of("Allowed: the name of a " + place.word + ".");
            case JSON -> isPointer(what) ? Optional.empty() : Optional.of(POINTER_HELP);
            case REGEX -> SafePattern.fault(what).map(f -> "Allowed: a regular expression of Java; " + f + ".");
        };
    }

    /** Whether the text is a JSON pointer to something within a document. */
    public static boolean isPointer(String text) {
        return text.startsWith("/") && !text.matches("(?s).*~([^01].*|$)");
    }

    /** Whether the body has to be read for it. */
    public boolean needsBody() {
        return place == Place.JSON || place == Place.REGEX;
    }

    /** Something that finds it, again and again. */
    public Finder finder() {
        return switch (place) {
            case HEADER -> answer -> usable(answer.header(what));
            case COOKIE -> answer -> usable(answer.cookie(what));
            case JSON -> answer -> usable(answer.json().map(n -> n.at(what)).flatMap(Take::scalar));
            case REGEX -> regex(SafePattern.of(what));
        };
    }

    private static Finder regex(SafePattern pattern) {
        int group = Math.min(1, pattern.groups());
        return answer -> usable(pattern.find(answer.text()).map(m -> m.group(group)));
    }

    private static Optional<String> scalar(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asString()) : Optional.empty();
    }

    /** Line breaks and other controls would break out of where the value goes. */
    private static Optional<String> usable(Optional<String> found) {
        return found.filter(
                v -> !v.isEmpty() && v.length() <= LONGEST && v.chars().noneMatch(c -> c < ' ' || c == 0x7f));
    }

    /** As written in a scenario. */
    public void putInto(Map<String, Object> map) {
        map.put(place.word, what);
    }

    /** For messages: {@code json /id}. */
    @Override
    public String toString() {
        return place.word + " " + what;
    }

    /** Finds a value in an answer. */
    public interface Finder {
        /** The value; nothing where it is not there, too long, or holds control characters. */
        Optional<String> find(Answer answer);
    }
}
