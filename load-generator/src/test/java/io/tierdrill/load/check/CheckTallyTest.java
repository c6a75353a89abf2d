package io.tierdrill.load.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Checks;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTallyTest {
    private static Expectations expectations(String yaml) {
        Problems problems = new Problems();
        CheckConfig config = CheckConfig.from(ConfigFile.parse("s.yaml", yaml, problems), Path.of(""));
        assertThat(problems.all()).isEmpty();
        return new Expectations(config);
    }

    private static RequestRecord request(String method, String path, Optional<Response> response) {
        return new RequestRecord(0, "c", "", "", "http", method, "", path, List.of(), Body.none(), response);
    }

    private static RequestRecord recorded(String path, int status, long bytes) {
        return request("GET", path, Optional.of(new Response(status, Optional.of(bytes), Optional.empty())));
    }

    /** As a sender does that knows the request's line, or not. */
    private static void ended(
            Expectations e, CheckTally tally, RequestRecord r, int status, long bytes, Optional<String> line) {
        if (tally.ended(e.code(r), e.length(r), status, bytes))
            tally.example(e.code(r), e.length(r), status, bytes, line);
    }

    /** Checks one answer to a request recorded with status 200 and 100 bytes. */
    private static Checks check(String yaml, int status, long bytes) {
        Expectations expectations = expectations(yaml);
        CheckTally tally = new CheckTally(expectations);
        RequestRecord request = recorded("/cart/17", 200, 100);
        ended(expectations, tally, request, status, bytes, Optional.empty());
        return CheckResult.of(expectations, List.of(tally));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 200, 5, ''",
        "'', 204, 100, status",
        "status: class, 204, 100, ''",
        "status: class, 304, 100, status",
        "status: off, 500, 1, ''",
        "length: recorded, 200, 101, length",
        "length: recorded, 500, 101, 'length,status'",
        "'{length: recorded, lengthTolerance: 0.1}', 200, 110, ''",
        "'{length: recorded, lengthTolerance: 0.1}', 200, 111, length",
        "'{length: recorded, lengthTolerance: 0.1}', 200, 89, length",
        "'rules: [{status: [404, 3xx]}]', 404, 1, ''",
        "'rules: [{status: [404, 3xx]}]', 301, 1, ''",
        "'rules: [{status: [404, 3xx]}]', 200, 1, status",
        "'rules: [{when: {path: /other}, status: 404}]', 404, 1, status",
        "'rules: [{maxBytes: 10}]', 200, 11, length",
        "'rules: [{minBytes: 10}]', 200, 9, length",
        "'rules: [{minBytes: 9, maxBytes: 9}]', 500, 9, status",
    })
    void tellsWhatIsWrong(String yaml, int status, long bytes, String kinds) {
        Checks checks = check(yaml, status, bytes);
        assertThat(String.join(",", checks.kinds().keySet())).isEqualTo(kinds == null ? "" : kinds);
        assertThat(checks.mismatches()).isEqualTo(kinds == null || kinds.isEmpty() ? 0 : 1);
    }

    @Test
    void expectsNothingWhereNothingIsKnown() {
        Expectations expectations = expectations("length: recorded");
        CheckTally tally = new CheckTally(expectations);
        for (RequestRecord r : List.of(
                request("GET", "/", Optional.empty()),
                request("GET", "/", Optional.of(new Response(0, Optional.empty(), Optional.empty())))))
            tally.ended(expectations.code(r), expectations.length(r), 500, 7);
        Checks checks = CheckResult.of(expectations, List.of(tally));
        assertThat(checks.unchecked()).isEqualTo(2);
        assertThat(checks.checked()).isZero();
        assertThat(checks.passed()).isTrue();
    }

    @Test
    void lengthsOfAnswersToHeadDoNotCount() {
        Expectations expectations = expectations("length: recorded");
        RequestRecord head = request("HEAD", "/", Optional.of(new Response(200, Optional.of(100L), Optional.empty())));
        CheckTally tally = new CheckTally(expectations);
        tally.ended(expectations.code(head), expectations.length(head), 200, 0);
        assertThat(tally.mismatches()).isZero();
    }

    @Test
    void countsByClassWithTheFirstExampleAndAddsLoopsUp() {
        Expectations expectations = expectations("{length: recorded, limit: 0.5}");
        CheckTally one = new CheckTally(expectations);
        CheckTally two = new CheckTally(expectations);
        RequestRecord cart = recorded("/cart/17", 200, 100);
        RequestRecord home = recorded("/", 200, 50);
        ended(expectations, one, cart, 500, 12, Optional.empty());
        ended(expectations, one, cart, 404, 100, Optional.empty());
        ended(expectations, one, home, 200, 50, Optional.empty());
        ended(expectations, two, cart, 404, 100, Optional.empty());
        ended(expectations, two, home, 200, 51, Optional.of("GET /?\u0007"));
        assertThat(CheckResult.of(expectations, List.of(one, two)))
                .isEqualTo(new Checks(
                        5,
                        0,
                        4,
                        0.8,
                        0.5,
                        false,
                        Map.of("status", 3L, "length", 2L),
                        List.of(
                                new Checks.RequestClass(
                                        "GET /cart/{n}",
                                        3,
                                        3,
                                        Optional.of(new Checks.Example(
                                                "one like GET /cart/17",
                                                "status 200 as recorded, 100 bytes as recorded",
                                                "status 500, 12 bytes",
                                                ""))),
                                new Checks.RequestClass(
                                        "GET /",
                                        2,
                                        1,
                                        Optional.of(new Checks.Example(
                                                "GET /??", "50 bytes as recorded", "status 200, 51 bytes", ""))))));
    }

    @Test
    void saysWhatARuleAllows() {
        assertThat(check("rules: [{status: [404, 3xx], maxBytes: 10}]", 200, 11).classes())
                .singleElement()
                .satisfies(c -> assertThat(c.first().orElseThrow().expected())
                        .isEqualTo("status 404 or 3xx, at most 10 bytes"));
    }

    @Test
    void keepsCountsOfManyClasses() {
        Expectations expectations = expectations("");
        CheckTally tally = new CheckTally(expectations);
        for (char a = 'g'; a < 'z'; a++)
            for (char b = 'g'; b < 'z'; b++) {
                RequestRecord r = recorded("/" + a + b, 200, 1);
                tally.ended(expectations.code(r), 1, 500, 1);
            }
        Checks checks = CheckResult.of(expectations, List.of(tally));
        assertThat(checks.mismatches()).isEqualTo(361);
        assertThat(checks.classes()).hasSize(50);
    }

    @Test
    void makesNothingForAnAnswer() {
        Expectations expectations =
                expectations("{length: recorded, rules: [{when: {path: /r}, minBytes: 1, status: [404, 2xx]}]}");
        CheckTally tally = new CheckTally(expectations);
        RequestRecord cart = recorded("/cart/17", 200, 100_000);
        RequestRecord ruled = recorded("/r", 404, 100_000);
        long[] codes = {expectations.code(cart), expectations.code(ruled)};
        for (long code : codes) tally.ended(code, 100_000, 500, 1_000);
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++)
            for (long code : codes) {
                tally.ended(code, 100_000, 200, 100_000);
                tally.ended(code, 100_000, 500, 1_000);
            }
        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }
}
