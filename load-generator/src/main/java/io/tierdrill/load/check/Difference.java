package io.tierdrill.load.check;

import java.util.Iterator;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Where two bodies first differ.
 *
 * @param expected what stands there in the earlier one, with its place
 * @param found what stands there now
 */
record Difference(String expected, String found) {
    private static final int SHOWN = 120;

    /** Two documents: the first part that differs, by its JSON pointer. */
    static Optional<Difference> ofJson(JsonNode expected, JsonNode found, String at) {
        if (expected.equals(found)) return Optional.empty();
        if (expected.isObject() && found.isObject()) {
            var names = new TreeSet<String>(expected.propertyNames());
            names.addAll(found.propertyNames());
            for (String name : names) {
                String there = at + "/" + name.replace("~", "~0").replace("/", "~1");
                if (!expected.has(name))
                    return Optional.of(new Difference("no " + there, there + " " + shown(found.get(name))));
                if (!found.has(name))
                    return Optional.of(new Difference(there + " " + shown(expected.get(name)), "no " + there));
                Optional<Difference> inner = ofJson(expected.get(name), found.get(name), there);
                if (inner.isPresent()) return inner;
            }
        }
        if (expected.isArray() && found.isArray()) {
            Iterator<JsonNode> other = found.iterator();
            int index = 0;
            for (JsonNode item : expected) {
                if (!other.hasNext()) break;
                Optional<Difference> inner = ofJson(item, other.next(), at + "/" + index++);
                if (inner.isPresent()) return inner;
            }
            return Optional.of(
                    new Difference(at + ": " + expected.size() + " items", at + ": " + found.size() + " items"));
        }
        return Optional.of(new Difference(at + " " + shown(expected), at + " " + shown(found)));
    }

    /** Two texts: the first line that differs. */
    static Difference ofText(String expected, String found) {
        String[] one = expected.split("\n", -1);
        String[] other = found.split("\n", -1);
        int line = 0;
        while (line < one.length && line < other.length && one[line].equals(other[line])) line++;
        String place = "line " + (line + 1) + " ";
        return new Difference(place + at(one, line, other), place + at(other, line, one));
    }

    /** The line around where it begins to differ. */
    private static String at(String[] lines, int line, String[] others) {
        if (line >= lines.length) return "(end)";
        String text = lines[line];
        int same = 0;
        if (line < others.length) {
            int most = Math.min(text.length(), others[line].length());
            while (same < most && text.charAt(same) == others[line].charAt(same)) same++;
        }
        int from = Math.max(0, same - 20);
        return (from > 0 ? "..." : "") + shown(text.substring(from));
    }

    private static String shown(JsonNode node) {
        return shown(node.toString());
    }

    private static String shown(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
