package io.tierdrill.load.check;

import io.tierdrill.load.match.Answer;
import io.tierdrill.load.match.SafePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may differ between two runs: taken out of bodies before they are compared. With JSON pointers, JSON bodies lose
 * those parts, and the order of their fields and the spaces between; with expressions, all bodies lose what matches.
 * Without either a body is compared byte for byte.
 */
final class Noise {
    private final List<String[]> pointers = new ArrayList<>();
    private final List<SafePattern> patterns = new ArrayList<>();

    Noise(List<String> ignore) {
        for (String item : ignore) {
            if (item.startsWith("/")) pointers.add(segments(item));
            else patterns.add(SafePattern.of(item));
        }
    }

    private static String[] segments(String pointer) {
        String[] segments = pointer.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++)
            segments[i] = segments[i].replace("~1", "/").replace("~0", "~");
        return segments;
    }

    boolean isNothing() {
        return pointers.isEmpty() && patterns.isEmpty();
    }

    /** The body without noise. */
    byte[] without(byte[] body) {
        if (isNothing() || body.length == 0) return body;
        return text(body).getBytes(StandardCharsets.UTF_8);
    }

    /** The same as text, for a difference that people read. */
    String text(byte[] body) {
        String text = json(body).map(JsonNode::toString).orElseGet(() -> new String(body, StandardCharsets.UTF_8));
        for (SafePattern pattern : patterns) text = pattern.without(text);
        return text;
    }

    /** The document without noise, its fields in order; nothing where the body is none or no pointer is given. */
    Optional<JsonNode> json(byte[] body) {
        if (pointers.isEmpty()) return Optional.empty();
        return new Answer(0, List.of(), body)
                .json()
                .filter(JsonNode::isContainer)
                .map(root -> {
                    for (String[] pointer : pointers) remove(root, pointer, 0);
                    return sorted(root);
                });
    }

    private static void remove(JsonNode node, String[] pointer, int depth) {
        String name = pointer[depth];
        boolean last = depth == pointer.length - 1;
        if (node instanceof ObjectNode object) {
            if (last && name.equals("*")) object.removeAll();
            else if (last) object.remove(name);
            else if (name.equals("*")) for (JsonNode child : object) remove(child, pointer, depth + 1);
            else if (object.has(name)) remove(object.get(name), pointer, depth + 1);
        } else if (node instanceof ArrayNode array) {
            if (last && name.equals("*")) array.removeAll();
            else if (name.equals("*")) for (JsonNode child : array) remove(child, pointer, depth + 1);
            else if (name.matches("[0-9]{1,6}")) item(array, Integer.parseInt(name), pointer, depth, last);
        }
    }

    private static void item(ArrayNode array, int index, String[] pointer, int depth, boolean last) {
        if (index >= array.size()) return;
        if (last) array.remove(index);
        else remove(array.get(index), pointer, depth + 1);
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) array.set(i, sorted(array.get(i)));
        } else if (node instanceof ObjectNode object) {
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            object.removeAll();
            fields.forEach(object::set);
        }
        return node;
    }
}
