package io.tierdrill.load.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.load.match.Answer;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Checks;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerCheckTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    Path folder;

    /** One run: what each request was answered, and what the checks say. */
    private final class Run {
        final Expectations expectations;
        final CheckTally tally;
        final AnswerCheck check;

        Run(String yaml) throws IOException, BadInputException {
            Problems problems = new Problems();
            expectations = new Expectations(CheckConfig.from(ConfigFile.parse("s.yaml", yaml, problems), folder));
            problems.throwIfAny();
            tally = new CheckTally(expectations);
            check = new AnswerCheck(expectations, tally);
        }

        Run answer(String path, int status, String body, Header... headers) {
            RequestRecord r = new RequestRecord(
                    0, "c", "", "", "http", "GET", "h", path, List.of(), Body.none(), Optional.empty());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            long code = expectations.code(r);
            check.ended(
                    r, r, code, 0, bytes.length, new Answer(status, List.of(headers), bytes), check.wantsBody(code));
            return this;
        }

        Checks result() throws IOException {
            check.finish();
            return CheckResult.of(expectations, List.of(tally));
        }

        Checks.Example example() throws IOException {
            return result().classes().get(0).first().orElseThrow();
        }
    }

    @Test
    void holdsHeadersAndBodiesAgainstRules() throws Exception {
        Run run = new Run(
                "rules: [{status: 200, header: {content-type: application/json}, bodyContains: '\"ok\"', bodyMatches: 'n\\d'}]");
        run.answer("/a", 200, "{\"ok\":\"n1\"}", new Header("Content-Type", "application/json; charset=utf-8"));
        assertThat(run.result().mismatches()).isZero();
        run.answer("/a", 503, "<html>" + "x".repeat(5_000), new Header("Content-Type", "text/html"));
        assertThat(run.result().kinds()).containsOnlyKeys("status", "header", "body");
        Checks.Example example = run.example();
        assertThat(example.request()).isEqualTo("GET /a");
        assertThat(example.expected())
                .isEqualTo("status 200, content-type: application/json, \"\"ok\"\" in the body, a body with n\\d");
        assertThat(example.found()).isEqualTo("status 503, 5006 bytes, content-type: text/html, it is not there");
        assertThat(example.body()).startsWith("<html>xxx").hasSize(2_048);
    }

    @Test
    void wantsBodiesOnlyWhereTheyCount() throws Exception {
        Run run = new Run("rules: [{when: {path: /a}, bodyContains: x}, {when: {path: /b}, header: {a: b}}]");
        long a = run.expectations.code(request("/a"));
        long b = run.expectations.code(request("/b"));
        long c = run.expectations.code(request("/c"));
        assertThat(List.of(run.check.wantsBody(a), run.check.wantsBody(b), run.check.wantsBody(c)))
                .containsExactly(true, false, false);
        assertThat(List.of(run.check.wantsHeaders(a), run.check.wantsHeaders(b), run.check.wantsHeaders(c)))
                .containsExactly(true, true, false);
    }

    private static RequestRecord request(String path) {
        return new RequestRecord(0, "c", "", "", "http", "GET", "h", path, List.of(), Body.none(), Optional.empty());
    }

    @Test
    void comparesWithAnEarlierRun() throws Exception {
        new Run("keep: kept")
                .answer("/a", 200, "same")
                .answer("/b", 200, "{\"price\":10}")
                .answer("/c", 200, "c")
                .result();
        Run same = new Run("baseline: kept").answer("/a", 200, "same").answer("/new", 200, "x");
        assertThat(same.result().checked()).isEqualTo(1);
        assertThat(same.result().unchecked()).isEqualTo(1);
        assertThat(same.result().mismatches()).isZero();
        Run other = new Run("baseline: kept").answer("/b", 200, "{\"price\":12}");
        assertThat(other.result().kinds()).containsOnlyKeys("baseline");
        assertThat(other.example().expected()).isEqualTo("/price 10 as in the baseline");
        assertThat(other.example().found()).isEqualTo("status 200, 12 bytes, /price 12");
        Run worse = new Run("baseline: kept").answer("/c", 500, "c");
        assertThat(worse.example().expected()).isEqualTo("status 200 as in the baseline");
    }

    @Test
    void ignoresNoise() throws Exception {
        String noise = "ignore: [/at, '/items/*/id', 'nonce=\\w+']";
        String before = "{\"at\":1,\"items\":[{\"id\":1,\"n\":\"a\"}],\"x\":\"nonce=abc\"}";
        String after = "{\"x\":\"nonce=def\", \"items\":[{\"n\":\"a\",\"id\":9}], \"at\":2}";
        new Run("{keep: kept, " + noise + "}")
                .answer("/a", 200, before)
                .answer("/t", 200, "nonce=1 b")
                .result();
        assertThat(new Run("{baseline: kept, " + noise + "}")
                        .answer("/a", 200, after)
                        .answer("/t", 200, "nonce=2 b")
                        .result()
                        .mismatches())
                .isZero();
        new Run("keep: plain").answer("/a", 200, before).result();
        assertThat(new Run("{baseline: plain, " + noise + "}")
                        .answer("/a", 200, after)
                        .result()
                        .mismatches())
                .isZero();
        assertThat(new Run("baseline: plain").answer("/a", 200, after).result().mismatches())
                .isOne();
        Run real = new Run("{baseline: plain, " + noise + "}").answer("/a", 200, after.replace("\"a\"", "\"b\""));
        assertThat(real.example().expected()).isEqualTo("/items/0/n \"a\" as in the baseline");
    }

    @Test
    void saysNothingOfRequestsThatVariedWithinTheEarlierRun() throws Exception {
        new Run("keep: kept")
                .answer("/now", 200, "1")
                .answer("/now", 200, "2")
                .answer("/now", 200, "3")
                .result();
        Run run = new Run("baseline: kept").answer("/now", 200, "4");
        assertThat(run.result().checked()).isZero();
        assertThat(run.check.warnings())
                .containsExactly("1 answers were not compared: the baseline has several for the same request");
    }

    @Test
    void keepsNoMoreThanItMay() throws Exception {
        Run run = new Run("{keep: kept, keepBytes: 1000}");
        for (int i = 0; i < 100; i++) run.answer("/" + i, 200, "x".repeat(300));
        run.result();
        assertThat(Files.size(folder.resolve("kept"))).isLessThan(1_500);
        assertThat(run.check.warnings())
                .singleElement()
                .satisfies(
                        w -> assertThat(w).contains("answers were not kept: the file is full (load.check.keepBytes)"));
        // Whose body was not kept is compared by its digest.
        new Run("{keep: small, keepBytes: 200}")
                .answer("/a", 200, "x".repeat(300))
                .result();
        Run other = new Run("baseline: small").answer("/a", 200, "y");
        assertThat(other.example().expected()).matches("a body with SHA-256 [0-9a-f]{64} as in the baseline");
    }

    @Test
    void keepsAnswersFromTheEyesOfOthers() throws Exception {
        new Run("keep: kept").answer("/a", 200, "secret").result();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("kept"))))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesABaselineThatIsNone() throws Exception {
        Files.writeString(folder.resolve("foreign"), "hello\n");
        Path foreign = folder.resolve("foreign");
        assertThatThrownBy(() -> new Run("baseline: foreign"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(foreign + ": is not a file of kept answers" + NL
                        + "  Make one with 'replay --keep-bodies FILE'." + NL + "1 problem; nothing was started.");
        Files.writeString(
                foreign, "{\"tierdrill\":\"answers\",\"format\":1}\n{\"request\":\"GET h/\",\"status\":200}\n[1\n");
        assertThatThrownBy(() -> new Run("baseline: foreign"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(foreign + ":3:1: is not an answer");
        Files.write(foreign, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> new Run("baseline: foreign")).isInstanceOf(BadInputException.class);
    }
}
