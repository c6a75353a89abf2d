package io.tierdrill.load.check;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of answers: a line of JSON that says so, then one for each request. Readable by its owner only, for bodies are
 * what the target said to its users.
 *
 * <pre>
 *   {"tierdrill":"answers","format":1}
 *   {"request":"GET shop.test/cart/17","status":200,"sha256":"9f86...","body":"eyJpZCI6MTd9"}
 *   {"request":"GET shop.test/now","status":200,"sha256":"60303a...","varies":true}
 * </pre>
 */
final class AnswerFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_LINE = 4 << 20;

    private AnswerFile() {}

    static void write(Path file, Map<String, KeptAnswer> answers) throws IOException {
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix"))
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"tierdrill\":\"answers\",\"format\":1}\n");
            for (Map.Entry<String, KeptAnswer> entry : answers.entrySet()) {
                out.write(JSON.writeValueAsString(line(entry.getKey(), entry.getValue())));
                out.write('\n');
            }
        }
    }

    private static ObjectNode line(String key, KeptAnswer answer) {
        ObjectNode line = JSON.createObjectNode();
        line.put("request", key).put("status", answer.status()).put("sha256", answer.sha256());
        answer.body().ifPresent(body -> line.put("body", body));
        if (answer.varies()) line.put("varies", true);
        return line;
    }

    /** @throws BadInputException where it is no such file, with its line */
    static Map<String, KeptAnswer> read(Path file) throws IOException, BadInputException {
        var answers = new LinkedHashMap<String, KeptAnswer>();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 1;
            for (String line = in.readLine(); line != null; line = in.readLine(), number++) {
                Optional<JsonNode> node = parse(line);
                if (number == 1 && node.filter(AnswerFile::isHead).isEmpty()) throw foreign(file);
                if (number > 1) add(answers, node, file, number);
            }
            if (number == 1) throw foreign(file);
        } catch (CharacterCodingException notText) {
            throw foreign(file);
        }
        return answers;
    }

    private static boolean isHead(JsonNode node) {
        return node.path("tierdrill").asString("").equals("answers")
                && node.path("format").asInt(0) == 1;
    }

    private static void add(Map<String, KeptAnswer> answers, Optional<JsonNode> node, Path file, int number)
            throws BadInputException {
        if (node.isEmpty() || !node.get().path("request").isString())
            throw new BadInputException(
                    new Problem(
                            file + ":" + number + ":1",
                            "",
                            "is not an answer",
                            "Each line is one: {\"request\":..., \"status\":..., \"sha256\":...}. Run with --keep-bodies again."));
        JsonNode n = node.get();
        Optional<byte[]> body = n.path("body").isString() ? body(n.path("body")) : Optional.empty();
        answers.put(
                n.path("request").asString(),
                new KeptAnswer(
                        n.path("status").asInt(0),
                        n.path("sha256").asString(""),
                        body,
                        n.path("varies").asBoolean(false)));
    }

    private static Optional<byte[]> body(JsonNode node) {
        try {
            return Optional.ofNullable(node.binaryValue());
        } catch (JacksonException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> parse(String line) {
        if (line.length() > MOST_LINE) return Optional.empty();
        try {
            return Optional.ofNullable(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static BadInputException foreign(Path file) {
        return new BadInputException(new Problem(
                file.toString(), "", "is not a file of kept answers", "Make one with 'replay --keep-bodies FILE'."));
    }
}
