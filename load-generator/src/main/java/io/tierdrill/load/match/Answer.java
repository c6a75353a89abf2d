package io.tierdrill.load.match;

import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole answer, as rules and checks look at it. Text and JSON are made on first use and kept. Belongs to one thread.
 */
public final class Answer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int status;
    private final List<Header> headers;
    private final byte[] body;
    private String text;
    private Optional<JsonNode> json;

    /** @param body decoded; empty where nobody asked for it or it could not be kept */
    public Answer(int status, List<Header> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Reads a document, so that the first answer finds everything loaded that reading one takes. */
    public static void warmUp() {
        byte[] document = "{\"a\":[1,\"b\",null,true,0.5]}".getBytes(StandardCharsets.UTF_8);
        new Answer(200, List.of(), document).json().map(node -> node.at("/a/1").asString());
    }

    public int status() {
        return status;
    }

    public List<Header> headers() {
        return headers;
    }

    public byte[] body() {
        return body;
    }

    /** The first header of this name, in any case. */
    public Optional<String> header(String name) {
        for (Header header : headers) if (header.name().equalsIgnoreCase(name)) return Optional.of(header.value());
        return Optional.empty();
    }

    /** The value of a cookie that the answer sets; of the last one where it is set twice. */
    public Optional<String> cookie(String name) {
        Optional<String> found = Optional.empty();
        for (Header header : headers) {
            if (!header.name().equalsIgnoreCase("set-cookie")) continue;
            String pair = header.value().split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name))
                found = Optional.of(pair.substring(equals + 1).strip());
        }
        return found;
    }

    /** The body as UTF-8; what is not becomes the replacement character. */
    public String text() {
        if (text == null) text = new String(body, StandardCharsets.UTF_8);
        return text;
    }

    /** The body as JSON; nothing where it is none. */
    public Optional<JsonNode> json() {
        if (json == null) json = parse();
        return json;
    }

    private Optional<JsonNode> parse() {
        if (body.length == 0) return Optional.empty();
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(n -> !n.isMissingNode());
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
