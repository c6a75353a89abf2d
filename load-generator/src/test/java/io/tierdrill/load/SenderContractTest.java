package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tierdrill.load.ScriptServer.Answer;
import io.tierdrill.load.engine.Engines;
import io.tierdrill.load.live.Live;
import io.tierdrill.load.loop.LoopConfig;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.order.Order;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.load.tls.TlsConfig;
import io.tierdrill.load.wire.Protocol;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every sender does alike, over real sockets. Requests share a pool of one connection, so what comes second shows
 * whether the connection was kept. Each case runs twice: nobody wants samples (answers are read the quick way), and
 * somebody does.
 */
@Timeout(60)
class SenderContractTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Layout ONE = new Layout(Layout.Mode.POOL, 1);
    private static final String BODY = "x".repeat(300_000);

    /**
     * An answer and what is to come of it.
     *
     * @param status zero where there is none to be told
     * @param kept whether the next request goes out on the same connection
     */
    private record Case(
            String name,
            String method,
            String text,
            boolean closes,
            Outcome outcome,
            int status,
            long bytes,
            boolean kept) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case good(String name, String text, int status, long bytes, boolean kept) {
        return new Case(name, "GET", text, false, Outcome.OK, status, bytes, kept);
    }

    private static final List<Case> CASES = List.of(
            good("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5, true),
            good(
                    "names in any case",
                    "HTTP/1.1 200 OK\r\ncONTENT-lENGTH:5\r\nconnection: Keep-Alive\r\n\r\nhello",
                    200,
                    5,
                    true),
            good("no reason", "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", 404, 0, true),
            good("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", 200, 5, true),
            good(
                    "chunked",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n",
                    200,
                    5,
                    true),
            good("204", "HTTP/1.1 204 No\r\n\r\n", 204, 0, true),
            good(
                    "304 with the length of what is not sent",
                    "HTTP/1.1 304 No\r\nContent-Length: 99\r\n\r\n",
                    304,
                    0,
                    true),
            good(
                    "100 before",
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                    200,
                    2,
                    true),
            good(
                    "103 before",
                    "HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                    200,
                    2,
                    true),
            good("close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", 200, 2, false),
            good(
                    "close in a list",
                    "HTTP/1.1 200 OK\r\nConnection: x, close\r\nContent-Length: 2\r\n\r\nok",
                    200,
                    2,
                    false),
            good("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, 2, false),
            good(
                    "HTTP/1.0 kept",
                    "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok",
                    200,
                    2,
                    true),
            new Case(
                    "to HEAD",
                    "HEAD",
                    "HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n",
                    false,
                    Outcome.OK,
                    200,
                    0,
                    true),
            new Case("until the end", "GET", "HTTP/1.1 200 OK\r\n\r\nuntil", true, Outcome.OK, 200, 5, false),
            new Case(
                    "error",
                    "GET",
                    "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
                    false,
                    Outcome.SERVER_ERROR,
                    503,
                    0,
                    true),
            new Case(
                    "short",
                    "GET",
                    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
                    true,
                    Outcome.SHORT_READ,
                    200,
                    5,
                    false),
            new Case(
                    "short chunk",
                    "GET",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
                    true,
                    Outcome.SHORT_READ,
                    200,
                    3,
                    false),
            new Case("nothing", "GET", "", true, Outcome.SHORT_READ, 0, 0, false),
            new Case("half a head", "GET", "HTTP/1.1 200 OK\r\nConte", true, Outcome.SHORT_READ, 200, 0, false),
            new Case("garbage", "GET", "SSH-2.0-OpenSSH_9.2 and more\r\n", false, Outcome.BAD_RESPONSE, 0, 0, false),
            new Case(
                    "two lengths",
                    "GET",
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                    false,
                    Outcome.BAD_RESPONSE,
                    200,
                    0,
                    false),
            new Case(
                    "no length",
                    "GET",
                    "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
                    false,
                    Outcome.BAD_RESPONSE,
                    200,
                    0,
                    false));

    static Stream<Arguments> everyTransportAndCase() {
        return transports().flatMap(transport -> CASES.stream().map(each -> Arguments.of(transport, each)));
    }

    static Stream<Transport> transports() {
        return Arrays.stream(Transport.values()).filter(t -> t != Transport.AUTO);
    }

    /** In CI a machine that cannot do it is a mistake; what this Java cannot do, it says, and netty does it. */
    private static void needs(Transport transport) throws Exception {
        Optional<String> missing = transport == Transport.NETTY ? Optional.empty() : Engines.missing(transport);
        if (missing.isEmpty()) return;
        boolean ours = Runtime.version().feature() >= 22;
        assertThat(ours && "true".equals(System.getenv("CI"))).as(missing.get()).isFalse();
        abort(transport.word() + ": " + missing.get());
    }

    private static InjectorConfig config(Transport transport, Layout layout, Duration timeout) {
        InjectorConfig plain = InjectorConfig.defaults();
        return new InjectorConfig(
                100,
                Duration.ofSeconds(30),
                timeout,
                Pacing.HYBRID,
                plain.identity(),
                layout,
                LoopConfig.automatic().with(transport),
                new WireConfig(Order.NONE, SourceAddresses.any(), Protocol.HTTP1, TlsConfig.defaults()),
                plain.limits());
    }

    private record Listed(Iterator<ScheduledRequest> requests, long plannedNanos) implements Schedule {
        @Override
        public boolean hasNext() {
            return requests.hasNext();
        }

        @Override
        public ScheduledRequest next() {
            return requests.next();
        }

        @Override
        public void close() {}
    }

    private static RequestRecord request(String method, String path, Body body) {
        return new RequestRecord(0, "a", "", "", "http", method, "", path, List.of(), body, Optional.empty());
    }

    private static RequestRecord get(String path) {
        return request("GET", path, Body.none());
    }

    /** All due at once. */
    private static Injection run(
            InjectorConfig config, Target target, Optional<List<RequestSample>> samples, RequestRecord... requests)
            throws Exception {
        NanoClock system = NanoClock.system();
        NanoClock clock = system.since(system.nanos());
        Injector injector = samples.isPresent()
                ? new Injector(config, clock, samples.get()::add)
                : new Injector(config, Live.quiet(), clock);
        Iterator<ScheduledRequest> all =
                Arrays.stream(requests).map(r -> new ScheduledRequest(0, r)).iterator();
        return injector.run(new Listed(all, 1_000_000_000), target, 0, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("everyTransportAndCase")
    void readsEveryAnswerWhole(Transport transport, Case each) throws Exception {
        check(transport, each, text -> Answer.whole(text, each.closes()));
    }

    @ParameterizedTest
    @MethodSource("everyTransportAndCase")
    void readsEveryAnswerByteByByte(Transport transport, Case each) throws Exception {
        check(transport, each, text -> Answer.byteByByte(text, each.closes()));
    }

    private static void check(Transport transport, Case each, Function<String, Answer> form) throws Exception {
        needs(transport);
        for (boolean wanted : new boolean[] {false, true}) {
            List<RequestSample> samples = new ArrayList<>();
            try (ScriptServer server = new ScriptServer()) {
                server.answer("/it", form.apply(each.text()));
                Injection injection = run(
                        config(transport, ONE, TIMEOUT),
                        server.target(),
                        wanted ? Optional.of(samples) : Optional.empty(),
                        request(each.method(), "/it", Body.none()),
                        get("/next"));
                assertThat(injection.errors())
                        .isEqualTo(
                                each.outcome().isError() ? Map.of(each.outcome().word(), 1L) : Map.of());
                assertThat(injection.latency().count())
                        .as("whatever became of it")
                        .isEqualTo(2);
                assertThat(server.connections()).isEqualTo(each.kept() ? List.of(2, 2) : List.of(2, 3));
                if (!wanted) continue;
                assertThat(samples.get(0).outcome()).isEqualTo(each.outcome());
                assertThat(samples.get(0).status()).isEqualTo(each.status());
                assertThat(samples.get(0).responseBytes()).isEqualTo(each.bytes());
                assertThat(samples.get(1).outcome()).isEqualTo(Outcome.OK);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void doesNotUseAConnectionAgainThatSaidMoreThanItWasAsked(Transport transport) throws Exception {
        needs(transport);
        try (ScriptServer server = new ScriptServer()) {
            server.answer("/it", Answer.whole("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK", false));
            Injection injection =
                    run(config(transport, ONE, TIMEOUT), server.target(), Optional.empty(), get("/it"), get("/next"));
            assertThat(injection.errors()).isEqualTo(Map.of("wrong-length", 1L));
            assertThat(server.connections()).containsExactly(2, 3);
        }
    }

    private static InjectorConfig from(Transport transport, Layout layout) throws BadInputException {
        Problems problems = new Problems();
        var node = ConfigFile.parse("s.yaml", "sources: [127.0.0.2-127.0.0.200, 127.1.0.0/24]", problems);
        WireConfig wire = new WireConfig(Order.NONE, SourceAddresses.from(node), Protocol.HTTP1, TlsConfig.defaults());
        InjectorConfig config = config(transport, layout, TIMEOUT);
        return new InjectorConfig(
                300,
                config.idleTimeout(),
                config.timeout(),
                config.pacing(),
                config.identity(),
                config.layout(),
                config.machinery(),
                wire,
                config.limits());
    }

    private static RequestRecord[] ofFiftyClients() {
        return IntStream.range(0, 200)
                .mapToObj(i -> new RequestRecord(
                        0,
                        "c" + i % 50,
                        "",
                        "",
                        "http",
                        "GET",
                        "",
                        "/" + i % 50,
                        List.of(),
                        Body.none(),
                        Optional.empty()))
                .toArray(RequestRecord[]::new);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void clientsComeFromManyAddressesAndEachKeepsItsOwn(Transport transport) throws Exception {
        needs(transport);
        InjectorConfig config = from(transport, Layout.byClient());
        try (TinyServer server = new TinyServer()) {
            if (transport == Transport.IO_URING) {
                assertThatThrownBy(() -> run(config, server.target(), Optional.empty(), ofFiftyClients()))
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContaining("io_uring is not possible: io_uring chooses no source addresses");
                return;
            }
            Injection injection = run(config, server.target(), Optional.empty(), ofFiftyClients());
            assertThat(injection.errors()).isEmpty();
            var byClient = server.seen().stream()
                    .collect(Collectors.groupingBy(
                            TinyServer.Seen::path, Collectors.mapping(TinyServer.Seen::from, Collectors.toSet())));
            assertThat(byClient).hasSize(50);
            assertThat(byClient.values())
                    .allSatisfy(addresses -> assertThat(addresses).hasSize(1));
            assertThat(server.seen().stream().map(TinyServer.Seen::from).distinct())
                    .hasSizeGreaterThan(40);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void connectionsOfAPoolHaveAddressesOfTheirOwn(Transport transport) throws Exception {
        needs(transport);
        if (transport == Transport.IO_URING) return;
        try (TinyServer server = new TinyServer()) {
            Injection injection = run(
                    from(transport, new Layout(Layout.Mode.POOL, 8)),
                    server.target(),
                    Optional.empty(),
                    ofFiftyClients());
            assertThat(injection.errors()).isEmpty();
            assertThat(server.seen().stream().map(TinyServer.Seen::from).distinct())
                    .hasSizeBetween(5, 8)
                    .doesNotContain("127.0.0.1");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void readsLargeAnswersAndSendsLargeRequests(Transport transport) throws Exception {
        needs(transport);
        try (TinyServer server = new TinyServer();
                ScriptServer large = new ScriptServer()) {
            large.answer("/it", Answer.whole("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + BODY, false));
            Injection got =
                    run(config(transport, ONE, TIMEOUT), large.target(), Optional.empty(), get("/it"), get("/it"));
            assertThat(got.errors()).isEmpty();
            assertThat(large.connections()).containsExactly(2, 2);
            Injection put = run(
                    config(transport, ONE, TIMEOUT),
                    server.target(),
                    Optional.empty(),
                    request("POST", "/kept", Body.of(BODY.getBytes(java.nio.charset.StandardCharsets.US_ASCII))),
                    request("POST", "/announced", new Body(new byte[] {1, 2}, 5_000_000, "")),
                    get("/small"));
            assertThat(put.errors()).isEmpty();
            assertThat(server.seen()).extracting(TinyServer.Seen::bodyBytes).containsExactly(300_000L, 5_000_000L, 0L);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void tellsAResetFromAnEnd(Transport transport) throws Exception {
        needs(transport);
        try (TinyServer server = new TinyServer()) {
            Injection injection =
                    run(config(transport, ONE, TIMEOUT), server.target(), Optional.empty(), get("/reset"), get("/"));
            assertThat(injection.errors()).isEqualTo(Map.of("connection-reset", 1L));
            assertThat(injection.responses()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aConnectionRefusedIsAResultOnceItWasAccepted(Transport transport) throws Exception {
        needs(transport);
        try (TinyServer server = new TinyServer()) {
            server.onRequest(seen -> server.stopListening());
            Injection injection =
                    run(config(transport, ONE, TIMEOUT), server.target(), Optional.empty(), get("/close"), get("/"));
            assertThat(injection.errors()).isEqualTo(Map.of("connect-refused", 1L));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void givesUpAtTheTimeoutAndGoesOnOnAnotherConnection(Transport transport) throws Exception {
        needs(transport);
        try (TinyServer server = new TinyServer()) {
            Duration soon = Duration.ofMillis(300);
            Injection injection =
                    run(config(transport, ONE, soon), server.target(), Optional.empty(), get("/never"), get("/"));
            assertThat(injection.errors().getOrDefault("timeout", 0L)).isGreaterThanOrEqualTo(1);
            assertThat(injection.latency().maxMicros()).isGreaterThanOrEqualTo(300_000);
            assertThat(injection.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void whatWaitsForAFreeConnectionIsHeldAndNotLate(Transport transport) throws Exception {
        needs(transport);
        try (TinyServer server = new TinyServer()) {
            server.onRequest(seen -> {
                if (!seen.path().equals("/slow")) return;
                NanoClock clock = NanoClock.system();
                long until = clock.nanos() + 200_000_000;
                while (clock.nanos() < until) Thread.onSpinWait();
            });
            Injection injection =
                    run(config(transport, ONE, TIMEOUT), server.target(), Optional.empty(), get("/slow"), get("/"));
            assertThat(injection.held().orElseThrow().count()).isEqualTo(1);
            assertThat(injection.held().orElseThrow().maxMicros()).isBetween(100_000.0, 15_000_000.0);
            assertThat(injection.lateness().maxMicros())
                    .isLessThan(injection.held().orElseThrow().maxMicros());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void manyConnectionsAtOnceAllHaveTheirAnswers(Transport transport) throws Exception {
        needs(transport);
        try (TinyServer server = new TinyServer()) {
            server.holdUntil(90);
            RequestRecord[] requests = new RequestRecord[90];
            for (int i = 0; i < requests.length; i++)
                requests[i] = new RequestRecord(
                        0, "c" + i, "", "", "http", "GET", "", "/held", List.of(), Body.none(), Optional.empty());
            Injection injection =
                    run(config(transport, Layout.byClient(), TIMEOUT), server.target(), Optional.empty(), requests);
            assertThat(injection.errors()).isEmpty();
            assertThat(injection.generator().connectionsPeak()).isEqualTo(90);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AUTO", "NETTY"})
    void anEngineThatCannotDoItIsRefusedBeforeAnythingIsSent(Transport transport) throws Exception {
        needs(transport);
        Layout recorded = new Layout(Layout.Mode.RECORDED, 1);
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Target target = new Target("127.0.0.1", nobody.getLocalPort(), Optional.empty());
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> run(config(transport, recorded, TIMEOUT), target, Optional.empty(), get("/"))))
                    .hasMessage("load.transport: " + transport.word()
                            + " is not possible: netty is needed for connections as recorded\n"
                            + "  Leave it at auto, or ask for netty, which is possible everywhere.\n"
                            + "1 problem; nothing was started.");
        }
    }

    @Test
    void autoTakesNettyWhereItIsNeededAndSaysWhy() throws Exception {
        Layout recorded = new Layout(Layout.Mode.RECORDED, 1);
        Choice choice = Choice.of(
                config(Transport.AUTO, recorded, TIMEOUT),
                new Target("127.0.0.1", 1, Optional.empty()),
                Optional.empty(),
                OptionalDouble.empty());
        assertThat(choice.words("epoll")).isEqualTo("netty epoll (connections as recorded)");
        if (Engines.missing(Transport.EPOLL).isPresent()
                || Engines.missing(Transport.IO_URING).isPresent()) return;
        Choice fromMany = Choice.of(
                from(Transport.AUTO, Layout.byClient()),
                new Target("127.0.0.1", 1, Optional.empty()),
                Optional.empty(),
                OptionalDouble.empty());
        assertThat(fromMany.words("epoll")).isEqualTo("epoll (io_uring chooses no source addresses)");
    }
}
