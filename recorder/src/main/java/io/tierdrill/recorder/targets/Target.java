package io.tierdrill.recorder.targets;

import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.Refused;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What tells a target, which says what to ask for, from a log line, which says what was asked for. */
final class Target {
    private static final Set<String> NAMES = Set.of(
            "method", "url", "header", "headers", "body", "name", "tags", "cookies", "params", "timeout", "redirects");

    private Target() {}

    /** Whether an object is a target. */
    static boolean is(byte[] bytes, int from, int to) {
        try {
            JsonFields object = JsonFields.parse(bytes, from, to);
            object.text("url");
            for (Map.Entry<String, JsonNode> member : object.members())
                if (!NAMES.contains(member.getKey())) return false;
            return true;
        } catch (Refused no) {
            return false;
        }
    }

    /** Whether a target has this field. */
    static boolean has(String name, byte[] bytes, int from, int to) {
        try {
            return JsonFields.parse(bytes, from, to).has(name);
        } catch (Refused no) {
            return false;
        }
    }
}
