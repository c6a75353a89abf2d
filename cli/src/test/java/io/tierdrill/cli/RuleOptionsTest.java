package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleOptionsTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private Path trace;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Host") + " "
                        + exchange.getRequestHeaders().getFirst("X-Env") + " "
                        + exchange.getRequestHeaders().getFirst("X-Old"));
                byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        trace = folder.resolve("t.trace");
        try (TraceWriter out = TraceWriter.create(trace, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (int i = 0; i < 20; i++)
                out.write(new RequestRecord(
                        i * 1_000_000L,
                        "10.0.0.1",
                        "",
                        "",
                        "http",
                        "GET",
                        "shop.example",
                        "/old/" + i,
                        List.of(new Header("X-Old", "1")),
                        Body.none(),
                        Optional.of(new Response(200, Optional.of(5L), Optional.of(100_000L)))));
        }
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private Console replay(Object... more) {
        Object[] all = new Object[more.length + 4];
        all[0] = "replay";
        all[1] = trace;
        all[2] = "--target";
        all[3] = "http://127.0.0.1:" + server.getAddress().getPort();
        System.arraycopy(more, 0, all, 4, more.length);
        return Console.tierdrill(all);
    }

    /** On a machine that is busy with other things the injector may be late, and then says so instead. */
    private static void endsWith(Console console, int status) {
        assertThat(console.status()).isEqualTo(console.out().startsWith("VALID") ? status : ExitStatus.INVALID);
    }

    @Test
    void changesRequestsByAFileAndByOptions() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"), "rewrite: [{path: {prefix: /old, with: /new}}]" + NL + "check: {}" + NL);
        Console console =
                replay("--rules", rules, "--host", "shop.test", "--header", "X-Env: test 1", "--drop-header", "x-old");
        assertThat(console.err()).doesNotContain("problem");
        assertThat(console.out())
                .contains("rules      rewrite[0] 20 times, rewrite[1] 20 times")
                .contains(
                        "checks     PASS: 0 of 20 answers not as expected (0.00 %, allowed 0.00 %); nothing expected of 0");
        assertThat(asked).contains("/new/7 shop.test test 1 null").hasSize(20);
    }

    @Test
    void endsWithNoGoWhereAnswersAreNotAsRecorded() {
        status = 404;
        Console console = replay("--check");
        assertThat(console.out())
                .contains("checks     FAIL: 20 of 20 answers not as expected (100 %, allowed 0.00 %) in 20 status;")
                .contains("GET /old/{n}: 20 of 20")
                .contains("GET /old/0: expected status 200 as recorded; found status 404, 5 bytes");
        endsWith(console, ExitStatus.NO_GO);
    }

    @Test
    void comparesWithAnEarlierRun() {
        Path kept = folder.resolve("kept.jsonl");
        endsWith(replay("--keep-bodies", kept), ExitStatus.GO);
        Console same = replay("--baseline", kept, "--json", "-");
        assertThat(same.out()).contains("\"mismatches\" : 0").contains("\"checked\" : 20");
        assertThat(same.out()).contains("\"passed\" : true");
    }

    @Test
    void pointsIntoTheFileOfRules() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), "rewrit: []" + NL + "cookies: yes" + NL);
        Console console = replay("--rules", rules);
        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err())
                .isEqualTo(String.join(
                        NL,
                        rules + ":2:10: cookies: unknown value \"yes\"",
                        "  Known: recorded, keep.",
                        rules + ":1:1: rewrit: unknown setting",
                        "  Known: login, correlate, rewrite, cookies, check. Did you mean rewrite?",
                        "2 problems; nothing was started.",
                        ""));
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesOptionsThatAreNoHeaders() {
        assertThat(replay("--header", "X-Env").err())
                .isEqualTo(String.join(
                        NL,
                        "--header: cannot use \"X-Env\"",
                        "  Allowed: 'Name: value', such as 'X-Test: 1'.",
                        "1 problem; nothing was started.",
                        ""));
        assertThat(replay("--header", "Content-Length: 5").err())
                .contains("rewrite[0].headers.set.Content-Length: the injector writes Content-Length itself");
        assertThat(replay("--baseline", folder.resolve("gone")).err())
                .contains("check.baseline: there is no file " + folder.resolve("gone"));
        assertThat(asked).isEmpty();
    }
}
