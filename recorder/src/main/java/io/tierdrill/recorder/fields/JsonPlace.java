package io.tierdrill.recorder.fields;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Where in a JSON text a pointer points. */
public final class JsonPlace {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonPlace() {}

    /** Index of the value's first byte; where there is none, of the nearest object around it. */
    public static int indexOf(String pointer, byte[] bytes, int from, int to) {
        String best = "";
        int index = from;
        try (JsonParser parser =
                FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), bytes, from, to - from)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME || token.isStructEnd()) continue;
                String here = parser.streamReadContext().pathAsPointer().toString();
                String place = token.isStructStart() ? parentPointer(parser) : here;
                boolean nearer = pointer.equals(place) || pointer.startsWith(place + "/");
                if (nearer && (place.length() > best.length() || best.isEmpty())) {
                    best = place;
                    index = from + (int) parser.currentTokenLocation().getByteOffset();
                }
                if (pointer.equals(place)) return index;
            }
        } catch (JacksonException damaged) {
            return index;
        }
        return index;
    }

    /** Within an object that has just begun, the pointer of the object itself. */
    private static String parentPointer(JsonParser parser) {
        return parser.streamReadContext().getParent().pathAsPointer().toString();
    }
}
