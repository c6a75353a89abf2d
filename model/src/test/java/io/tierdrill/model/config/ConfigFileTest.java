package io.tierdrill.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @Test
    void aFileIsReadAndNamedAsTheUserDid() throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "# a comment\r\nname: Zoë\r\n");
        ConfigNode node = ConfigFile.read(file, problems);

        assertThat(node.text("name", "")).isEqualTo("Zoë");
        assertThat(node.file()).isEqualTo(file.toString());
        assertThat(node.where()).isEqualTo(file + ":2:1");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aMissingFile() {
        Path file = folder.resolve("none.yaml");
        assertThat(ConfigFile.read(file, problems).has("a")).isFalse();

        assertReported(file + ": there is no such file" + NL + "  Give the path of a YAML file.");
    }

    @Test
    void aFolder() {
        ConfigFile.read(folder, problems);

        assertReported(folder + ": is a directory" + NL + "  Give the path of a YAML file.");
    }

    @Test
    void aFileThatIsNotUtf8() throws Exception {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, "name: Zoë\n".getBytes(StandardCharsets.ISO_8859_1));
        ConfigFile.read(file, problems);

        assertReported(file + ": is not text in UTF-8" + NL + "  Give the path of a YAML file.");
    }

    @Test
    void anEmptyFileSetsNothing() {
        assertThat(ConfigFile.parse("x.yaml", "", problems).has("a")).isFalse();
        assertThat(ConfigFile.parse("x.yaml", "# only a comment\n", problems).has("a"))
                .isFalse();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aListIsNoMapping() {
        ConfigFile.parse("x.yaml", "- a\n- b\n", problems);

        assertReported("x.yaml:1:1: found no settings" + NL + "  Write 'key: value' lines.");
    }

    @Test
    void brokenYamlIsReportedAtItsPlace() {
        ConfigFile.parse("x.yaml", "a: 1\nb: [1, 2\nc: 3\n", problems);

        assertReported("x.yaml:3:2: not YAML: expected ',' or ']', but got :");
    }

    @Test
    void brokenYamlOnTheFirstLine() {
        ConfigFile.parse("x.yaml", "a: b: c", problems);

        assertReported("x.yaml:1:5: not YAML: mapping values are not allowed here");
    }

    @Test
    void brokenYamlOnTheLastLine() {
        ConfigFile.parse("x.yaml", "a: 1\nb: \"open", problems);

        assertReported("x.yaml:2:9: not YAML: found unexpected end of stream");
    }

    @Test
    void aSecondDocumentIsReported() {
        ConfigFile.parse("x.yaml", "a: 1\n---\nb: 2\n", problems);

        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).where()).startsWith("x.yaml:2:");
    }

    @Test
    void aKeyMustBeOneWord() {
        ConfigFile.parse("x.yaml", "? [a, b]\n: 1\n", problems);

        assertReported("x.yaml:1:3: a key must be one word");
    }

    @Test
    void anAliasThatHoldsItselfIsReportedNotFollowedForEver() {
        ConfigFile.parse("x.yaml", "a: &a\n  b: *a\n", problems);

        assertReported("x.yaml:1:4: a.b: an alias that holds itself" + NL + "  Write the settings out.");
    }

    @Test
    void aliasesReadAsWhatTheyStandFor() {
        ConfigNode node = ConfigFile.parse("x.yaml", "a: &x {n: 5}\nb: *x\n", problems);

        assertThat(node.object("a").integer("n", 0, 0, 9)).isEqualTo(5);
        assertThat(node.object("b").integer("n", 0, 0, 9)).isEqualTo(5);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        Map<String, Object> in = new LinkedHashMap<>();
        in.put("policy", "round-robin");
        in.put("instances", 4);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", "a: tricky # text");
        settings.put("l7", in);
        settings.put("methods", List.of("GET", "yes", "1.0"));
        ConfigNode node = ConfigFile.parse("x.yaml", ConfigFile.write(settings), problems);

        assertThat(node.text("name", "")).isEqualTo("a: tricky # text");
        assertThat(node.object("l7").integer("instances", 0, 0, 9)).isEqualTo(4);
        assertThat(node.texts("methods")).containsExactly("GET", "yes", "1.0");
        assertThat(problems.all()).isEmpty();
        assertThat(ConfigFile.write(settings)).startsWith("name: ").contains("l7:\n  policy: round-robin\n");
    }

    /** Composing recurses: such a file once ended the program with its stack exhausted. */
    @Test
    void settingsThatNestWithoutEnd() {
        ConfigFile.parse("x.yaml", "a: " + "[".repeat(100_000), problems);

        assertReported(
                "x.yaml:1:67: more than 64 levels within each other" + NL + "  Settings nest a few levels deep.");
    }

    @Test
    void textsWithEscapesThatAreNoCharacter() {
        String expected = "x.yaml: not YAML: a text with an escape that is no character" + NL
                + "  Write \\u and four hexadecimal digits.";
        for (String yaml : List.of("a: \"\\u", "a: \"\\UFFFFFFFF\"")) {
            Problems found = new Problems();
            ConfigFile.parse("x.yaml", yaml, found);
            assertThat(found.all()).map(Problem::toString).containsExactly(expected);
        }
    }

    private void assertReported(String message) {
        assertThat(problems.all()).map(Problem::toString).containsExactly(message);
    }
}
