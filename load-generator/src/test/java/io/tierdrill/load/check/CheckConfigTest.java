package io.tierdrill.load.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    private CheckConfig read(String yaml) {
        ConfigNode node = ConfigFile.parse("s.yaml", yaml, problems);
        return CheckConfig.from(node, folder);
    }

    @Test
    void holdsStatusesAgainstTheRecordingByDefault() {
        assertThat(read("")).isEqualTo(CheckConfig.ofStatus());
        assertThat(CheckConfig.ofStatus().needsBodies()).isFalse();
        assertThat(CheckConfig.ofStatus().limit()).isZero();
    }

    @Test
    void readsEverySettingAndWritesItBack() throws IOException {
        Files.createFile(folder.resolve("before.jsonl"));
        CheckConfig config = read("""
                status: class
                length: recorded
                lengthTolerance: 0.1
                baseline: before.jsonl
                keep: now.jsonl
                keepBytes: 1MiB
                ignore: [/timestamp, '/items/*/at', 'nonce="[^"]*"']
                limit: 0.01
                rules:
                  - when: {path: /api/*}
                    status: [200, 304]
                    header: {content-type: application/json}
                    maxBytes: 1MiB
                  - {status: 2xx, bodyContains: ok, bodyMatches: 'o+k', minBytes: 2}
                """);
        assertThat(problems.all()).isEmpty();
        assertThat(config.baseline()).contains(folder.resolve("before.jsonl"));
        assertThat(config.rules()).hasSize(2);
        assertThat(config.needsBodies()).isTrue();
        assertThat(read(ConfigFile.write(config.toMap()))).isEqualTo(config);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void onlyHeadersAndBodiesNeedASenderThatTellsOfThem() {
        assertThat(read("rules: [{status: 200, maxBytes: 5}]").needsBodies()).isFalse();
        assertThat(read("rules: [{header: {a: b}}]").needsBodies()).isTrue();
        assertThat(read("rules: [{bodyContains: b}]").needsBodies()).isTrue();
        assertThat(read("keep: x").needsBodies()).isTrue();
    }

    @Test
    void saysWhatIsWrong() {
        read("""
                status: same
                lengthTolerance: 0.5
                baseline: gone.jsonl
                ignore: [/a~2, '(']
                limit: 2
                lenght: off
                rules:
                  - {status: [200, 6xx]}
                  - {when: {path: /x}}
                  - {bodyMatches: '*', minBytes: 9, maxBytes: 1, header: {'a b': c}}
                """);
        assertThat(problems.all())
                .map(Problem::toString)
                .containsExactly(
                        "s.yaml:1:9: status: unknown value \"same\"" + NL + "  Known: recorded, class, off.",
                        "s.yaml:2:1: lengthTolerance: has no effect while lengths are off" + NL
                                + "  Say 'length: recorded'.",
                        "s.yaml:3:1: baseline: there is no file " + folder.resolve("gone.jsonl") + NL
                                + "  Make one with 'keep: FILE'.",
                        "s.yaml:4:1: ignore: cannot use \"/a~2\"" + NL
                                + "  Allowed: a JSON pointer, such as /cart/id or /items/0/price.",
                        "s.yaml:4:1: ignore: cannot use \"(\"" + NL
                                + "  Allowed: a regular expression of Java; Unclosed group at character 2.",
                        "s.yaml:5:8: limit: cannot use \"2\"" + NL + "  Allowed: a number from 0 to 1.",
                        "s.yaml:8:6: rules[0].status: cannot use \"6xx\"" + NL
                                + "  Allowed: statuses, such as [200, 304] or 2xx.",
                        "s.yaml:9:6: rules[1].when: says nothing of what the answer must be" + NL
                                + "  Add status, header, bodyContains, bodyMatches, minBytes or maxBytes beside it.",
                        "s.yaml:10:59: rules[2].header.a b: is not the name of a header" + NL
                                + "  Such as content-type.",
                        "s.yaml:10:6: rules[2].bodyMatches: cannot use \"*\"" + NL
                                + "  Allowed: a regular expression of Java; Dangling meta character '*' at character 1.",
                        "s.yaml:10:24: rules[2].minBytes: is more than maxBytes",
                        "s.yaml:6:1: lenght: unknown setting" + NL
                                + "  Known: status, length, lengthTolerance, baseline, keep, keepBytes, ignore, limit,"
                                + " rules. Did you mean length?");
    }
}
