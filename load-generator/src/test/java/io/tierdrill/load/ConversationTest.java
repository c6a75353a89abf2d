package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.ShopServer.Reply;
import io.tierdrill.load.check.CheckConfig;
import io.tierdrill.load.rules.RulesConfig;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Checks;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RuleUse;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules and checks over real sockets. */
@Timeout(30)
class ConversationTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    Path folder;

    private final List<ScheduledRequest> requests = new ArrayList<>();
    private final List<RequestSample> samples = new ArrayList<>();

    private record Listed(Iterator<ScheduledRequest> requests) implements Schedule {
        @Override
        public boolean hasNext() {
            return requests.hasNext();
        }

        @Override
        public ScheduledRequest next() {
            return requests.next();
        }

        @Override
        public long plannedNanos() {
            return 100 * MILLI;
        }

        @Override
        public void close() {}
    }

    /** Recorded to have been answered before the next was sent, with a status nobody knows. */
    private ConversationTest ask(String user, String method, String path, String body, Header... headers) {
        return ask(
                user,
                method,
                path,
                body,
                Optional.of(new Response(0, Optional.empty(), Optional.of(MILLI / 2))),
                headers);
    }

    private ConversationTest ask(
            String user, String method, String path, String body, Optional<Response> recorded, Header... headers) {
        var request = new RequestRecord(
                0,
                "10.0.0.1",
                "",
                user,
                "http",
                method,
                "shop.example",
                path,
                List.of(headers),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                recorded);
        requests.add(new ScheduledRequest(requests.size() * MILLI, request));
        return this;
    }

    private Injection run(ShopServer server, String yaml) throws Exception {
        Problems problems = new Problems();
        ConfigNode node = ConfigFile.parse("s.yaml", yaml, problems);
        RulesConfig rules = RulesConfig.from(node);
        Optional<CheckConfig> check =
                node.has("check") ? Optional.of(CheckConfig.from(node.object("check"), folder)) : Optional.empty();
        problems.throwIfAny();
        NanoClock system = NanoClock.system();
        Injector injector =
                new Injector(InjectorConfig.defaults(), system.since(system.nanos() + 200 * MILLI), samples::add);
        return injector.with(rules, check).run(new Listed(requests.iterator()), server.target(), 0, Optional.empty());
    }

    @Test
    void sendsWhatTheRulesMadeOfIt() throws Exception {
        try (ShopServer server = new ShopServer((asked, x) -> Reply.of(200, "ok"))) {
            ask("ann", "GET", "/old/cart?utm=1&q=2", "").ask("ann", "GET", "/else", "");
            Injection injection = run(server, """
                    rewrite:
                      - when: {path: /old/*}
                        host: shop.test
                        path: {prefix: /old, with: /new}
                        query: {remove: utm}
                        headers: {set: {Authorization: 'Basic ${user}'}}
                      - {when: {path: /never}, host: x}
                    """);
            assertThat(server.asked())
                    .containsExactlyInAnyOrder(
                            new ShopServer.Asked("GET", "/new/cart?q=2", "shop.test", "", "Basic ann", ""),
                            new ShopServer.Asked("GET", "/else", "shop.example", "", "", ""));
            assertThat(injection.rules().orElseThrow().rules())
                    .containsExactly(new RuleUse("rewrite[0]", 1, 0, ""), new RuleUse("rewrite[1]", 0, 0, ""));
            assertThat(injection.rules().orElseThrow().warnings()).containsExactly("rewrite[1] never applied");
            assertThat(injection.checks()).isEmpty();
        }
    }

    @Test
    void logsEachUserInOnceAndHoldsTheirRequestsMeanwhile() throws Exception {
        CountDownLatch all = new CountDownLatch(2);
        try (ShopServer server = new ShopServer((asked, x) -> {
            if (!asked.path().equals("/login"))
                return Reply.of(asked.authorization().isEmpty() ? 401 : 200, "");
            all.countDown();
            await(all);
            return Reply.of(200, "{\"token\":\"T-" + asked.body() + "\"}");
        })) {
            for (int i = 0; i < 4; i++) ask("ann", "GET", "/a" + i, "").ask("bob", "GET", "/b" + i, "");
            Injection injection = run(server, """
                    login: {path: /login, body: '${user}', take: {json: /token}}
                    rewrite: [{headers: {set: {Authorization: 'Bearer ${token}'}}}]
                    """);
            assertThat(server.paths()).filteredOn(p -> p.equals("/login")).hasSize(2);
            assertThat(server.asked())
                    .filteredOn(a -> a.path().startsWith("/a"))
                    .hasSize(4)
                    .allMatch(a -> a.authorization().equals("Bearer T-ann"));
            assertThat(server.asked())
                    .filteredOn(a -> a.path().startsWith("/b"))
                    .hasSize(4)
                    .allMatch(a -> a.authorization().equals("Bearer T-bob"));
            assertThat(injection.requests()).isEqualTo(8);
            assertThat(injection.responses()).isEqualTo(8);
            assertThat(samples).hasSize(8).allMatch(s -> s.status() == 200);
            assertThat(injection.held().orElseThrow().count()).isGreaterThanOrEqualTo(2);
            assertThat(injection.rules().orElseThrow().rules())
                    .contains(new RuleUse("login", 2, 0, ""), new RuleUse("rewrite[0]", 8, 0, ""));
        }
    }

    @Test
    void aLoginThatIsRefusedIsToldAndTheRunGoesOn() throws Exception {
        try (ShopServer server =
                new ShopServer((asked, x) -> Reply.of(asked.path().equals("/login") ? 403 : 200, ""))) {
            ask("ann", "GET", "/a", "").ask("ann", "GET", "/b", "");
            Injection injection = run(server, """
                    login: {path: /login, take: {header: X-Token}}
                    rewrite: [{headers: {set: {Authorization: '${token}'}}}]
                    """);
            assertThat(injection.responses()).isEqualTo(2);
            assertThat(injection.rules().orElseThrow().warnings())
                    .containsExactly(
                            "rewrite[0] never applied",
                            "rewrite[0] missed a value 2 times, first at GET /a: a value it needs was not known yet",
                            "login never applied",
                            "login missed a value 1 times, first at POST /login 403: no header X-Token");
        }
    }

    @Test
    void aTokenThatRanOutIsRenewed() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        try (ShopServer server = new ShopServer((asked, x) -> {
            if (asked.path().equals("/login")) return Reply.of(200, "t=" + logins.incrementAndGet() + ";");
            return Reply.of(asked.authorization().equals("1") && !asked.path().equals("/0") ? 401 : 200, "");
        })) {
            ask("ann", "GET", "/0", "").ask("ann", "GET", "/1", "");
            requests.add(new ScheduledRequest(1_100 * MILLI, requests.get(1).request()));
            run(server, """
                    login: {path: /login, take: {regex: 't=(\\d+);'}}
                    rewrite: [{headers: {set: {Authorization: '${token}'}}}]
                    """);
            assertThat(server.asked().stream().map(a -> a.path() + " " + a.authorization()))
                    .containsExactly("/login ", "/0 1", "/1 1", "/login ", "/1 2");
        }
    }

    @Test
    void correlatesIdentifiersAndCookies() throws Exception {
        AtomicInteger carts = new AtomicInteger(90);
        try (ShopServer server = new ShopServer((asked, x) -> {
            if (!asked.path().equals("/cart")) return Reply.of(200, "");
            x.getResponseHeaders().add("Set-Cookie", "sid=real; Path=/");
            return Reply.of(201, "{\"cart\":{\"id\":" + carts.incrementAndGet() + "}}");
        })) {
            Header cookie = new Header("Cookie", "lang=de; sid=tdpabc");
            ask("ann", "POST", "/cart", "{}", cookie)
                    .ask("ann", "GET", "/cart/17", "", cookie)
                    .ask("ann", "POST", "/pay?cart=17", "{\"cart\":17}", cookie)
                    .ask("bob", "GET", "/cart/17", "", cookie);
            Injection injection = run(server, """
                    correlate:
                      - from: {method: POST, path: /cart, json: /cart/id}
                        into: {path: '/cart/{id}', query: cart, json: /cart}
                    cookies: keep
                    """);
            assertThat(server.asked())
                    .extracting(a -> a.path() + " " + a.body() + " " + a.cookie())
                    .containsExactlyInAnyOrder(
                            "/cart {} lang=de; sid=tdpabc",
                            "/cart/91  lang=de; sid=real",
                            "/pay?cart=91 {\"cart\":91} lang=de; sid=real",
                            "/cart/17  lang=de; sid=tdpabc");
            assertThat(injection.rules().orElseThrow().rules())
                    .containsExactly(
                            new RuleUse("correlate[0]", 2, 1, "GET /cart/17: no value was taken for this user yet"),
                            new RuleUse("cookies", 2, 0, ""));
        }
    }

    @Test
    void takesValuesOutOfCompressedAndChunkedBodies() throws Exception {
        try (ShopServer server = new ShopServer((asked, x) -> {
            if (!asked.path().equals("/page")) return Reply.of(200, "");
            x.getResponseHeaders().add("Content-Encoding", "gzip");
            return new Reply(200, gzip("x".repeat(100_000) + "<input name=csrf value='n0nce'>"));
        })) {
            ask("ann", "GET", "/page", "").ask("ann", "POST", "/buy", "csrf=tdpxyz&n=1");
            run(server, """
                    correlate: [{from: {path: /page, regex: "name=csrf value='([^']+)'"}, into: {form: csrf}}]
                    """);
            assertThat(server.asked().get(1).body()).isEqualTo("csrf=n0nce&n=1");
        }
    }

    @Test
    void checksStatusLengthAndBodiesOfEachClass() throws Exception {
        try (ShopServer server = new ShopServer((asked, x) -> switch (asked.path()) {
            case "/item/1" -> Reply.of(404, "{\"error\":\"gone\"}");
            case "/item/2" -> Reply.of(200, "12345");
            default -> Reply.of(200, "<html>oops</html>");
        })) {
            Optional<Response> recorded = Optional.of(new Response(200, Optional.of(5L), Optional.empty()));
            ask("ann", "GET", "/item/1", "", recorded)
                    .ask("ann", "GET", "/item/2", "", recorded)
                    .ask("ann", "GET", "/page", "");
            Checks checks = run(server, """
                            check:
                              length: recorded
                              rules: [{when: {path: /page}, bodyContains: welcome}]
                            """).checks().orElseThrow();
            assertThat(checks.checked()).isEqualTo(3);
            assertThat(checks.mismatches()).isEqualTo(2);
            assertThat(checks.passed()).isFalse();
            assertThat(checks.kinds()).containsOnlyKeys("status", "length", "body");
            assertThat(checks.classes())
                    .extracting(Checks.RequestClass::name)
                    .containsExactly("GET /item/{n}", "GET /page");
            assertThat(checks.classes().get(0).first().orElseThrow())
                    .isEqualTo(new Checks.Example(
                            "GET /item/1", "status 200 as recorded, 5 bytes as recorded", "status 404, 16 bytes", ""));
            assertThat(checks.classes().get(1).first().orElseThrow().body()).isEqualTo("<html>oops</html>");
        }
    }

    @Test
    void comparesOneRunWithAnother() throws Exception {
        AtomicInteger price = new AtomicInteger(10);
        try (ShopServer server = new ShopServer((asked, x) ->
                Reply.of(200, "{\"at\":" + System.identityHashCode(x) + ",\"price\":" + price.get() + "}"))) {
            ask("ann", "GET", "/p/1", "").ask("ann", "GET", "/p/2", "");
            Injection first = run(server, "check: {keep: kept.jsonl, ignore: /at}");
            assertThat(first.checks().orElseThrow().checked()).isZero();
            Checks same = run(server, "check: {baseline: kept.jsonl, ignore: /at}")
                    .checks()
                    .orElseThrow();
            assertThat(same.checked()).isEqualTo(2);
            assertThat(same.mismatches()).isZero();
            price.set(12);
            Checks other = run(server, "check: {baseline: kept.jsonl, ignore: /at}")
                    .checks()
                    .orElseThrow();
            assertThat(other.kinds()).containsEntry("baseline", 2L);
            assertThat(other.classes().get(0).first().orElseThrow().expected())
                    .isEqualTo("/price 10 as in the baseline");
        }
    }

    @Test
    void requestsWithoutAnAnswerAreErrorsAndNoMismatches() throws Exception {
        try (ShopServer server = new ShopServer((asked, x) -> {
            x.close();
            return Reply.of(200, "");
        })) {
            ask("ann", "GET", "/a", "", Optional.of(new Response(200, Optional.empty(), Optional.empty())));
            Injection injection = run(server, "check: {}");
            assertThat(injection.errors()).isNotEmpty();
            assertThat(injection.checks().orElseThrow().checked()).isZero();
            assertThat(injection.checks().orElseThrow().passed()).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }
}
