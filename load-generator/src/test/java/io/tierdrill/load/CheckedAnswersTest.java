package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.load.check.CheckConfig;
import io.tierdrill.load.engine.Engines;
import io.tierdrill.load.live.Live;
import io.tierdrill.load.loop.LoopConfig;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.rules.RulesConfig;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Checks;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Status and length of answers are checked alike by every sender, over real sockets. */
@Timeout(60)
class CheckedAnswersTest {
    private static final long MILLI = 1_000_000;
    private static final long WARMUP = 10 * MILLI;

    private final List<ScheduledRequest> requests = new ArrayList<>();
    private TinyServer server;

    @BeforeEach
    void open() throws Exception {
        server = new TinyServer();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    static Stream<Arguments> senders() {
        return Arrays.stream(Transport.values())
                .filter(t -> t != Transport.AUTO)
                .flatMap(t -> Stream.of(1, 2)
                        .filter(n -> n == 1 || t != Transport.NETTY)
                        .map(n -> Arguments.of(t, n)));
    }

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

    /** All of one user, each recorded to have ended before the next; the first three are warm-up. */
    private CheckedAnswersTest ask(String method, String path, int body, Optional<Response> recorded) {
        long due = requests.size() < 3 ? 0 : WARMUP + requests.size();
        requests.add(new ScheduledRequest(
                due,
                new RequestRecord(
                        0, "c", "", "ann", "http", method, "", path, List.of(), Body.of(new byte[body]), recorded)));
        return this;
    }

    private CheckedAnswersTest get(String path, int status, long bytes) {
        return ask("GET", path, 0, Optional.of(new Response(status, Optional.of(bytes), Optional.of(0L))));
    }

    private Injection run(Transport transport, int loops, boolean samples, String yaml) throws Exception {
        assumeTrue(transport == Transport.NETTY || Engines.missing(transport).isEmpty());
        Problems problems = new Problems();
        CheckConfig check = CheckConfig.from(ConfigFile.parse("s.yaml", yaml, problems), Path.of(""));
        problems.throwIfAny();
        InjectorConfig config = InjectorConfig.defaults()
                .with(new Layout(Layout.Mode.POOL, loops))
                .with(LoopConfig.automatic().with(transport).with(loops));
        NanoClock system = NanoClock.system();
        NanoClock clock = system.since(system.nanos());
        Injector injector = samples ? new Injector(config, clock, s -> {}) : new Injector(config, Live.quiet(), clock);
        return injector.with(RulesConfig.none(), Optional.of(check))
                .run(new Listed(requests.iterator()), server.target(), WARMUP, Optional.empty());
    }

    private static Checks.RequestClass wrong(
            String name, long checked, long mismatches, String line, String expected, String found) {
        return new Checks.RequestClass(
                name, checked, mismatches, Optional.of(new Checks.Example(line, expected, found, "")));
    }

    @ParameterizedTest
    @MethodSource("senders")
    void countsMismatchesByClassAndKeepsTheFirst(Transport transport, int loops) throws Exception {
        for (boolean samples : new boolean[] {false, true}) {
            requests.clear();
            get("/item/1", 200, 2);
            get("/item/2", 201, 2);
            get("/item/3", 200, 3);
            get("/missing", 200, 0)
                    .get("/missing", 404, 0)
                    .get("/error", 200, 0)
                    .get("/error", 503, 9);
            get("/chunked", 200, 5).get("/chunked", 200, 6).get("/chunked", 200, 10);
            get("/short", 500, 1).get("/rule", 500, 2);
            ask("GET", "/unknown", 0, Optional.empty());
            ask("POST", "/large?a=1", 5_000, Optional.of(new Response(201, Optional.empty(), Optional.of(0L))));
            Injection injection = run(
                    transport,
                    loops,
                    samples,
                    "{length: recorded, lengthTolerance: 0.2, limit: 0.6, rules: [{when: {path: /rule}, status: 2xx}]}");
            assertThat(injection.transport()).startsWith(transport.word());
            assertThat(injection.errors()).isEqualTo(Map.of("server-error", 2L, "short-read", 1L));
            boolean kept = transport == Transport.NETTY;
            assertThat(injection.checks().orElseThrow())
                    .isEqualTo(new Checks(
                            12,
                            1,
                            7,
                            7 / 12.0,
                            0.6,
                            true,
                            Map.of("status", 4L, "length", 3L),
                            List.of(
                                    wrong(
                                            "GET /error",
                                            2,
                                            2,
                                            "GET /error",
                                            "status 200 as recorded",
                                            "status 503, 0 bytes"),
                                    wrong(
                                            "GET /item/{n}",
                                            3,
                                            2,
                                            "GET /item/2",
                                            "status 201 as recorded",
                                            "status 200, 2 bytes"),
                                    wrong(
                                            "GET /chunked",
                                            3,
                                            1,
                                            "GET /chunked",
                                            "10 bytes as recorded",
                                            "status 200, 5 bytes"),
                                    wrong(
                                            "GET /missing",
                                            2,
                                            1,
                                            "GET /missing",
                                            "status 200 as recorded",
                                            "status 404, 0 bytes"),
                                    wrong(
                                            "POST /large",
                                            1,
                                            1,
                                            (kept ? "" : "one like ") + "POST /large?a=1",
                                            "status 201 as recorded",
                                            "status 200, 2 bytes"))));
        }
    }
}
