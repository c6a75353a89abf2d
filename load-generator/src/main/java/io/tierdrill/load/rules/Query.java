package io.tierdrill.load.rules;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a path or a form. Those that are not touched stay byte for byte. */
final class Query {
    private Query() {}

    /**
     * The query with these parameters set and those left out.
     *
     * @param query with its question mark, or empty
     * @param set names to encoded values; each takes the place of the first of its name, or the end
     */
    static String changed(String query, Map<String, String> set, List<String> remove) {
        String body = query.isEmpty() ? "" : query.substring(1);
        String changed = changedForm(body, set, remove);
        return changed.isEmpty() ? "" : "?" + changed;
    }

    /** The same of a form, which has no question mark. */
    static String changedForm(String form, Map<String, String> set, List<String> remove) {
        Map<String, String> left = new LinkedHashMap<>(set);
        List<String> parts = new ArrayList<>();
        for (String part : form.isEmpty() ? new String[0] : form.split("&", -1)) {
            String name = nameOf(part);
            if (remove.contains(name)) continue;
            if (!set.containsKey(name)) parts.add(part);
            else if (left.containsKey(name)) parts.add(Template.url(name) + "=" + left.remove(name));
        }
        left.forEach((name, value) -> parts.add(Template.url(name) + "=" + value));
        return String.join("&", parts);
    }

    /** The value of the first parameter of this name, decoded. */
    static Optional<String> value(String form, String name) {
        for (String part : form.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals >= 0 && nameOf(part).equals(name)) return Optional.of(decoded(part.substring(equals + 1)));
        }
        return Optional.empty();
    }

    static String nameOf(String part) {
        int equals = part.indexOf('=');
        return decoded(equals < 0 ? part : part.substring(0, equals));
    }

    /** Without its escapes; as it is where they are broken. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) return text;
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }
}
