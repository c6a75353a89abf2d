package io.tierdrill.recorder.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object and where it stands, for reading with refusals that name the field.
 *
 * @param pointer RFC 6901, from the document's part that is read as one
 */
public record JsonFields(JsonNode node, String pointer) {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** The object that these bytes hold. */
    public static JsonFields parse(byte[] bytes, int from, int to) throws Refused {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes, from, to - from);
        } catch (UnexpectedEndOfInputException cut) {
            throw new Refused(Flaw.CUT_OFF, "", "");
        } catch (JacksonException notJson) {
            throw new Refused(Flaw.NOT_JSON, "", notJson.getOriginalMessage());
        }
        return new JsonFields(node, "").checked(JsonNode::isObject, node);
    }

    /** An object within. */
    public JsonFields object(String name) throws Refused {
        JsonNode inner = required(name);
        return new JsonFields(inner, pointerTo(name)).checked(JsonNode::isObject, inner);
    }

    public Optional<JsonFields> optionalObject(String name) throws Refused {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The objects of an array; none where there is no such field. */
    public List<JsonFields> objects(String name) throws Refused {
        List<JsonFields> all = new ArrayList<>();
        if (!has(name)) return all;
        JsonNode array = node.get(name);
        new JsonFields(array, pointerTo(name)).checked(JsonNode::isArray, array);
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            all.add(new JsonFields(element, pointerTo(name) + "/" + i).checked(JsonNode::isObject, element));
        }
        return all;
    }

    public String text(String name) throws Refused {
        JsonNode found = required(name);
        new JsonFields(found, pointerTo(name)).checked(JsonNode::isString, found);
        return found.stringValue();
    }

    /** Text, or empty where it is missing or null. */
    public Optional<String> optionalText(String name) throws Refused {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A string or a number as text, or empty where it is missing or null. */
    public Optional<String> optionalWord(String name) throws Refused {
        if (!has(name)) return Optional.empty();
        JsonNode found = node.get(name);
        new JsonFields(found, pointerTo(name)).checked(n -> n.isString() || n.isNumber(), found);
        return Optional.of(found.asString());
    }

    /** A number, or empty where it is missing, null or negative, as documents write what they do not know. */
    public OptionalDouble optionalAmount(String name) throws Refused {
        if (!has(name)) return OptionalDouble.empty();
        JsonNode found = node.get(name);
        new JsonFields(found, pointerTo(name)).checked(JsonNode::isNumber, found);
        double value = found.doubleValue();
        return value >= 0 && value < 1e18 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The members of this object, in their order. */
    public Iterable<Map.Entry<String, JsonNode>> members() {
        return node.properties();
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    public String pointerTo(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private JsonNode required(String name) throws Refused {
        if (!has(name)) throw new Refused(Flaw.MISSING_FIELD, pointerTo(name), node.has(name) ? "null" : "");
        return node.get(name);
    }

    private JsonFields checked(Predicate<JsonNode> right, JsonNode found) throws Refused {
        if (!right.test(found)) throw new Refused(Flaw.WRONG_TYPE, pointer, found.toString());
        return this;
    }
}
