package io.tierdrill.recorder.targets;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.Arrival;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpUrl;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.KeptBody;
import io.tierdrill.recorder.fields.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Makes the request that a JSON object with method and URL tells of. In vegeta's, {@code header} holds lists and
 * {@code body} is base64; else {@code headers} holds values, and {@code body} is text or JSON. Stateless.
 */
final class JsonTargetParser {
    private final boolean vegeta;
    private final String headersName;
    private final String scheme;
    private final String authority;

    /** Scheme and authority stand in where the URL is only a path. */
    JsonTargetParser(boolean vegeta, String headersName, String scheme, String authority) {
        this.vegeta = vegeta;
        this.headersName = headersName;
        this.scheme = scheme;
        this.authority = authority;
    }

    Arrival parse(byte[] bytes, int from, int to) throws Refused {
        JsonFields target = JsonFields.parse(bytes, from, to);
        HttpUrl url = HttpUrl.of(target.text("url"), scheme, authority, target.pointerTo("url"));
        String word = vegeta ? "vegeta" : "target";
        return new Arrival(
                0,
                new RequestRecord(
                        0,
                        word,
                        "",
                        "",
                        url.scheme(),
                        HttpWords.method(target.optionalText("method").orElse("GET"), target.pointerTo("method")),
                        url.authority(),
                        url.path(),
                        headers(target, headersName),
                        vegeta ? base64(target) : body(target),
                        Optional.empty()));
    }

    private static List<Header> headers(JsonFields target, String name) throws Refused {
        List<Header> headers = new ArrayList<>();
        if (!target.has(name)) return headers;
        for (Map.Entry<String, JsonNode> member : target.object(name).members()) {
            JsonNode value = member.getValue();
            if (value.isArray()) for (JsonNode one : value) add(headers, member.getKey(), one);
            else add(headers, member.getKey(), value);
        }
        return headers;
    }

    private static void add(List<Header> headers, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull())
            HttpWords.header(name, value.asString()).ifPresent(headers::add);
    }

    private static Body base64(JsonFields target) throws Refused {
        String text = target.optionalText("body").orElse("");
        try {
            return KeptBody.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            throw new Refused(Flaw.BAD_BODY, target.pointerTo("body"), text);
        }
    }

    private static Body body(JsonFields target) {
        if (!target.has("body")) return Body.none();
        JsonNode body = target.node().get("body");
        String text = body.isValueNode() ? body.asString() : body.toString();
        return KeptBody.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
