package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.load.dns.ResolversConfig;
import io.tierdrill.load.dns.TinyDns;
import io.tierdrill.load.engine.Engines;
import io.tierdrill.load.http.Identity;
import io.tierdrill.load.loop.LoopConfig;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.record.ValidityLimits;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.time.StartableClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real sockets; time is moved by hand where a test depends on it: the clock stands still until something the test waits
 * for has happened, on whichever thread.
 */
@Timeout(30)
class InjectorTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private final List<RequestSample> samples = new ArrayList<>();
    private TinyServer server;

    @BeforeEach
    void open() throws IOException {
        server = new TinyServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
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

    private static Schedule schedule(ScheduledRequest... requests) {
        return new Listed(Arrays.asList(requests).iterator(), 10 * SECOND);
    }

    private static ScheduledRequest get(long dueMillis, String client, String path) {
        return new ScheduledRequest(dueMillis * MILLI, request(client, "", "GET", path, Body.none()));
    }

    private static RequestRecord request(String client, String connection, String method, String path, Body body) {
        return new RequestRecord(
                0, client, connection, "", "http", method, "", path, List.of(), body, Optional.empty());
    }

    private static InjectorConfig config(int connections) {
        return config(connections, Pacing.HYBRID);
    }

    private static InjectorConfig config(int connections, Pacing pacing) {
        return new InjectorConfig(
                connections,
                IDLE,
                TIMEOUT,
                pacing,
                Identity.none(),
                Layout.byClient(),
                LoopConfig.automatic(),
                WireConfig.defaults(),
                ValidityLimits.defaults());
    }

    /** Runs on the clock that is moved by hand, telling {@code each} of every sample. */
    private Injection run(Schedule schedule, Consumer<RequestSample> each) throws Exception {
        Injector injector = new Injector(config(100), now::get, sample -> {
            samples.add(sample);
            each.accept(sample);
        });
        return injector.run(schedule, server.target(), 0, Optional.empty());
    }

    private Injection run(ScheduledRequest... requests) throws Exception {
        return run(schedule(requests), sample -> {});
    }

    /** Moves on to the next due time when a sample has come. */
    private Consumer<RequestSample> step(long nanos) {
        return sample -> now.addAndGet(nanos);
    }

    private List<Outcome> outcomes() {
        return samples.stream().map(RequestSample::outcome).toList();
    }

    /** Connections by number of the requests the server saw; the first one accepted is the probe's. */
    private List<Integer> connections() {
        return server.seen().stream().map(TinyServer.Seen::connection).toList();
    }

    @Test
    void sendsEveryRequestWhileNotOneIsAnswered() throws Exception {
        server.holdUntil(200);
        ScheduledRequest[] all = new ScheduledRequest[200];
        for (int i = 0; i < all.length; i++) all[i] = get(0, "client" + i, "/held");
        InjectorConfig config = config(200);
        Injection injection =
                new Injector(config, now::get, samples::add).run(schedule(all), server.target(), 0, Optional.empty());
        assertThat(outcomes()).hasSize(200).containsOnly(Outcome.OK);
        assertThat(injection.generator().connectionsPeak()).isEqualTo(200);
    }

    @Test
    void collectsWhatPreparingLeftBeforeTheClockBegins() throws Exception {
        var clock = new StartableClock(NanoClock.system());
        var left = new AtomicReference<WeakReference<Object>>();
        var preparing = Stream.of(get(0, "a", "/")).peek(request -> left.set(new WeakReference<>(new Object())));
        Injector injector = new Injector(config(100), clock, samples::add);

        injector.run(new Listed(preparing.iterator(), SECOND), server.target(), 0, Optional.empty(), words -> {
            assertThat(left.get().get()).isNull();
            clock.start(NanoClock.system().nanos());
        });

        assertThat(outcomes()).containsExactly(Outcome.OK);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void sendsOnTimeOnEveryTransport(Transport transport) throws Exception {
        assumeTrue(transport == Transport.NETTY || Engines.missing(transport).isEmpty());
        for (Pacing pacing : Pacing.values()) {
            samples.clear();
            ScheduledRequest[] all = new ScheduledRequest[50];
            for (int i = 0; i < all.length; i++) all[i] = get(i, "client" + i % 5, "/");
            InjectorConfig config =
                    config(100, pacing).with(LoopConfig.automatic().with(transport));
            NanoClock clock = NanoClock.system();
            Injector injector = new Injector(config, clock.since(clock.nanos() + 50 * MILLI), samples::add);
            Injection injection = injector.run(schedule(all), server.target(), 0, Optional.empty());
            assertThat(outcomes()).hasSize(50).containsOnly(Outcome.OK);
            assertThat(samples).extracting(RequestSample::dueNanos).containsExactlyInAnyOrder(dues(50));
            assertThat(samples).allSatisfy(s -> assertThat(s.sentNanos()).isGreaterThanOrEqualTo(s.dueNanos()));
            assertThat(injection.requests()).isEqualTo(50);
            assertThat(injection.responses()).isEqualTo(50);
            assertThat(injection.errors()).isEmpty();
            assertThat(injection.transport()).startsWith(transport.word());
        }
    }

    private static Long[] dues(int count) {
        Long[] dues = new Long[count];
        for (int i = 0; i < count; i++) dues[i] = i * MILLI;
        return dues;
    }

    @Test
    void aStallShowsAsLatenessAndMovesNoDueTime() throws Exception {
        // At 5 ms the machine freezes for 300 ms: the clock reads 305 the next time it is looked at.
        NanoClock system = NanoClock.system();
        NanoClock running = system.since(system.nanos() + 100 * MILLI);
        NanoClock frozen = () -> running.nanos() < 5 * MILLI ? running.nanos() : running.nanos() + 300 * MILLI;
        ScheduledRequest[] all = new ScheduledRequest[30];
        for (int i = 0; i < all.length; i++) all[i] = get(10L * i, "client" + i, "/");
        Injection injection = new Injector(config(100), frozen, samples::add)
                .run(schedule(all), server.target(), 0, Optional.empty());
        assertThat(samples).hasSize(30).allSatisfy(s -> {
            assertThat(s.dueNanos() % (10 * MILLI)).isZero();
            if (s.dueNanos() >= 10 * MILLI) {
                assertThat(s.latenessNanos()).isGreaterThanOrEqualTo(305 * MILLI - s.dueNanos());
                assertThat(s.latencyNanos()).isGreaterThanOrEqualTo(s.latenessNanos());
            }
        });
        assertThat(injection.status()).isEqualTo("INVALID");
        assertThat(injection.reasons())
                .anySatisfy(reason -> assertThat(reason)
                        .contains(" of 30 requests by more than ")
                        .endsWith(" us (the more of 1000 us and 5 % of the median latency), limit 1 (what one in a"
                                + " hundred comes to by chance)."));
    }

    @Test
    void everyEndingIsAnOutcomeOfItsOwn() throws Exception {
        Map<String, Outcome> expected = new HashMap<>();
        expected.put("/", Outcome.OK);
        expected.put("/chunked", Outcome.OK);
        expected.put("/close", Outcome.OK);
        expected.put("/until-close", Outcome.OK);
        expected.put("/missing", Outcome.OK);
        expected.put("/error", Outcome.SERVER_ERROR);
        expected.put("/short", Outcome.SHORT_READ);
        expected.put("/long", Outcome.WRONG_LENGTH);
        expected.put("/silent-close", Outcome.SHORT_READ);
        expected.put("/garbage", Outcome.BAD_RESPONSE);
        expected.put("/reset", Outcome.CONNECTION_RESET);
        for (var each : expected.entrySet()) {
            samples.clear();
            Injection injection = run(get(0, "a", each.getKey()));
            assertThat(outcomes()).as(each.getKey()).containsExactly(each.getValue());
            assertThat(injection.latency().count()).as("in the histogram").isEqualTo(1);
        }
    }

    @Test
    void countsBodiesAndReadsWhatTheTiersSaid() throws Exception {
        run(schedule(get(0, "a", "/chunked"), get(1, "a", "/timed")), step(MILLI));
        assertThat(samples.get(0).responseBytes()).isEqualTo(5);
        assertThat(samples.get(0).status()).isEqualTo(200);
        assertThat(samples.get(1).stages()).isEqualTo(Map.of("service", 1_500_000L, "l7", 2_000_000L));
    }

    @Test
    void aRequestWithoutAnAnswerFailsAtTheTimeoutAndKeepsItsLatencyFromTheDueTime() throws Exception {
        // Due at 0, sent at 400 ms because the injector was late; the clock moves on when the server has it.
        now.set(400 * MILLI);
        server.onRequest(seen -> now.addAndGet(TIMEOUT.toNanos()));
        run(get(0, "a", "/never"));
        assertThat(outcomes()).containsExactly(Outcome.TIMEOUT);
        assertThat(samples.get(0).latencyNanos()).isEqualTo(TIMEOUT.toNanos() + 400 * MILLI);
        assertThat(samples.get(0).serviceNanos()).isEqualTo(TIMEOUT.toNanos());
        assertThat(samples.get(0).latenessNanos()).isEqualTo(400 * MILLI);
    }

    @Test
    void aClientKeepsItsConnectionAndSharesItWithNobody() throws Exception {
        run(schedule(get(0, "a", "/1"), get(1, "b", "/2"), get(2, "a", "/3"), get(3, "b", "/4")), step(MILLI));
        assertThat(connections()).containsExactly(2, 3, 2, 3);
    }

    @Test
    void aRecordedConnectionIsAConnection() throws Exception {
        var one = new ScheduledRequest(0, request("a", "c1", "GET", "/", Body.none()));
        var two = new ScheduledRequest(MILLI, request("a", "c2", "GET", "/", Body.none()));
        var three = new ScheduledRequest(2 * MILLI, request("a", "c1", "GET", "/", Body.none()));
        run(schedule(one, two, three), step(MILLI));
        assertThat(connections()).containsExactly(2, 3, 2);
    }

    @Test
    void opensAnotherConnectionWhileTheFirstIsBusy() throws Exception {
        server.holdUntil(2);
        run(get(0, "a", "/held"), get(0, "a", "/held"));
        assertThat(connections()).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void doesNotUseAConnectionAgainThatTheServerClosed() throws Exception {
        run(schedule(get(0, "a", "/close"), get(1, "a", "/")), step(MILLI));
        assertThat(outcomes()).containsOnly(Outcome.OK);
        assertThat(connections()).containsExactly(2, 3);
    }

    @Test
    void closesAConnectionThatWasIdleForItsTime() throws Exception {
        long justUnder = IDLE.toNanos() - 1;
        run(
                schedule(
                        get(0, "a", "/"),
                        new ScheduledRequest(justUnder, request("a", "", "GET", "/", Body.none())),
                        new ScheduledRequest(justUnder + IDLE.toNanos(), request("a", "", "GET", "/", Body.none()))),
                sample -> now.addAndGet(samples.size() == 1 ? justUnder : IDLE.toNanos()));
        assertThat(outcomes()).containsOnly(Outcome.OK);
        assertThat(connections()).containsExactly(2, 2, 3);
    }

    @Test
    void aTargetThatDiesMidwayIsAResult() throws Exception {
        Injection injection = run(schedule(get(0, "a", "/"), get(1, "b", "/")), sample -> {
            server.stopListening();
            now.addAndGet(MILLI);
        });
        assertThat(outcomes()).containsExactly(Outcome.OK, Outcome.CONNECT_REFUSED);
        assertThat(injection.errors()).isEqualTo(Map.of("connect-refused", 1L));
        assertThat(injection.requests()).isEqualTo(2);
        assertThat(injection.responses()).isEqualTo(1);
    }

    @Test
    void itsOwnLimitIsItsOwnFault() throws Exception {
        server.holdUntil(2);
        Injection injection = new Injector(config(2), now::get, samples::add)
                .run(
                        schedule(get(0, "a", "/held"), get(0, "b", "/held"), get(0, "c", "/held")),
                        server.target(),
                        0,
                        Optional.empty());
        assertThat(outcomes()).containsExactly(Outcome.INJECTOR_LIMIT, Outcome.OK, Outcome.OK);
        assertThat(injection.status()).isEqualTo("INVALID");
        assertThat(injection.reasons())
                .contains("1 request found every connection the injector may open in use (load.connections.max),"
                        + " limit 0.");
    }

    @Test
    void sendsABodyOfWhichOnlyTheSizeIsKnown() throws Exception {
        Body large = new Body(new byte[] {1, 2}, 200_000, "");
        run(schedule(new ScheduledRequest(0, request("a", "", "POST", "/", large))), sample -> {});
        assertThat(server.seen()).singleElement().satisfies(s -> {
            assertThat(s.bodyBytes()).isEqualTo(200_000);
            assertThat(s.host()).isEqualTo("127.0.0.1:" + server.port());
        });
    }

    @Test
    void warmUpIsSentAndToldButNotCounted() throws Exception {
        now.set(-20 * MILLI);
        Path hlog = folder.resolve("latency.hlog");
        Injection injection = new Injector(config(9), now::get, sample -> {
                    samples.add(sample);
                    now.addAndGet(10 * MILLI);
                })
                .run(
                        schedule(get(0, "a", "/"), get(10, "a", "/"), get(20, "a", "/"), get(30, "a", "/")),
                        server.target(),
                        20 * MILLI,
                        Optional.of(hlog));
        assertThat(samples)
                .extracting(RequestSample::dueNanos)
                .containsExactly(-20 * MILLI, -10 * MILLI, 0L, 10 * MILLI);
        assertThat(injection.requests()).isEqualTo(2);
        assertThat(injection.latency().count()).isEqualTo(2);
        assertThat(injection.plannedSeconds()).isEqualTo(9.98);
    }

    @Test
    void theHistogramLogHoldsEverySecondAndEveryTag() throws Exception {
        Path hlog = folder.resolve("latency.hlog");
        new Injector(config(9), now::get, step(SECOND))
                .run(
                        schedule(get(0, "a", "/"), get(1000, "a", "/"), get(2000, "a", "/")),
                        server.target(),
                        0,
                        Optional.of(hlog));
        Map<String, List<Double>> intervals = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(new File(hlog.toString()))) {
            EncodableHistogram next;
            while ((next = reader.nextIntervalHistogram()) != null) {
                intervals.computeIfAbsent(next.getTag(), t -> new ArrayList<>()).add(next.getStartTimeStamp() / 1e3);
                counts.merge(next.getTag(), ((Histogram) next).getTotalCount(), Long::sum);
            }
        }
        assertThat(counts).isEqualTo(Map.of("latency", 3L, "service", 3L, "lateness", 3L));
        assertThat(intervals.get("latency")).startsWith(0.0, 1.0, 2.0);
    }

    @Test
    void asksTheResolverAgainForNewConnectionsWhenItsAnswerIsTooOld() throws Exception {
        try (TinyDns dns = new TinyDns()) {
            dns.ttl(1);
            dns.answers("127.0.0.1");
            Target target = new Target("shop.example", server.port(), Optional.of(dns.address()));
            new Injector(config(9), now::get, sample -> {
                        samples.add(sample);
                        now.addAndGet(600 * MILLI);
                    })
                    .run(
                            schedule(get(0, "a", "/"), get(600, "b", "/"), get(1200, "c", "/"), get(1800, "c", "/")),
                            target,
                            0,
                            Optional.empty());
            assertThat(outcomes()).hasSize(4).containsOnly(Outcome.OK);
            // Once before the first request, once at 1.2 s; the last goes out on an open connection.
            assertThat(dns.questions()).isEqualTo(2);
            assertThat(server.seen().get(0).host()).isEqualTo("shop.example:" + server.port());
        }
    }

    @Test
    void theWaitForTheResolverIsPartOfTheRequest() throws Exception {
        try (TinyDns dns = new TinyDns()) {
            dns.ttl(0);
            dns.answers("127.0.0.1");
            NanoClock clock = NanoClock.system();
            new Injector(config(9), clock.since(clock.nanos()), samples::add)
                    .run(
                            schedule(get(0, "a", "/")),
                            new Target("shop.example", server.port(), Optional.of(dns.address())),
                            0,
                            Optional.empty());
            RequestSample sample = samples.get(0);
            assertThat(sample.dnsNanos()).isPositive();
            assertThat(sample.connectNanos()).isPositive();
            assertThat(sample.dnsNanos() + sample.connectNanos()).isLessThanOrEqualTo(sample.serviceNanos());
        }
    }

    @Test
    void usersAskTheirOwnResolversAndTheResultTellsHowOften() throws Exception {
        try (TinyDns dns = new TinyDns()) {
            dns.answers("127.0.0.1");
            var resolvers = new ResolversConfig(
                    Optional.of(dns.address()),
                    ResolversConfig.zipf(3, 0),
                    false,
                    Duration.ZERO,
                    Duration.ofHours(1),
                    Duration.ZERO);
            List<ScheduledRequest> requests = new ArrayList<>();
            for (int user = 0; user < 60; user++) requests.add(get(user, "user-" + user, "/"));
            Injection injection = new Injector(
                            config(100).with(resolvers), now::get, sample -> now.addAndGet(10 * MILLI))
                    .run(
                            schedule(requests.toArray(new ScheduledRequest[0])),
                            new Target("shop.example", server.port(), Optional.empty()),
                            0,
                            Optional.empty());
            assertThat(injection.responses()).isEqualTo(60);
            assertThat(dns.questions()).isEqualTo(3);
            assertThat(injection.connections())
                    .containsEntry("dnsQuestions", 3L)
                    .containsEntry("dnsAnswers", 3L);
            assertThat(injection.transport()).contains("resolvers of users");
        }
    }

    /** Of the target's own DNS tier, as the engine and Netty see it, and of users' resolvers. */
    private enum Asked {
        OF_THE_TARGET,
        OF_THE_TARGET_BY_NETTY,
        ONE_RESOLVER,
        THREE_RESOLVERS;

        boolean isOfTheTarget() {
            return this == OF_THE_TARGET || this == OF_THE_TARGET_BY_NETTY;
        }
    }

    private static InjectorConfig config(Asked asked, TinyDns dns) {
        InjectorConfig config = config(9);
        if (asked == Asked.OF_THE_TARGET) return config;
        if (asked == Asked.OF_THE_TARGET_BY_NETTY)
            return config.with(LoopConfig.automatic().with(Transport.NETTY));
        return config.with(new ResolversConfig(
                Optional.of(dns.address()),
                ResolversConfig.zipf(asked == Asked.ONE_RESOLVER ? 1 : 3, 0),
                false,
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ZERO));
    }

    private void aNameThatFailsAfterTheFirstRequest(Asked asked, TinyDns dns, Runnable fails) throws Exception {
        dns.ttl(1);
        dns.answers("127.0.0.1");
        Injection injection = new Injector(config(asked, dns), now::get, sample -> {
                    samples.add(sample);
                    if (samples.size() == 1) fails.run();
                    now.set(samples.size() * 20 * SECOND);
                })
                .run(
                        new Listed(
                                List.of(get(0, "a", "/"), get(20_000, "b", "/"), get(40_000, "c", "/"))
                                        .iterator(),
                                60 * SECOND),
                        new Target(
                                "shop.example",
                                server.port(),
                                asked.isOfTheTarget() ? Optional.of(dns.address()) : Optional.empty()),
                        0,
                        Optional.empty());
        assertThat(outcomes()).containsExactly(Outcome.OK, Outcome.DNS_FAILURE, Outcome.DNS_FAILURE);
        assertThat(injection.errors()).isEqualTo(Map.of("dns-failure", 2L));
        assertThat(injection.requests()).isEqualTo(3);
        assertThat(injection.latency().count()).as("in the histogram").isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsGoneMidwayIsAResult(Asked asked) throws Exception {
        try (TinyDns dns = new TinyDns()) {
            aNameThatFailsAfterTheFirstRequest(asked, dns, dns::answers);
        }
    }

    /** Each question that nobody answers takes a second, which is how long a resolver waits before it asks again. */
    @ParameterizedTest
    @EnumSource
    void aResolverThatStopsAnsweringIsAResult(Asked asked) throws Exception {
        try (TinyDns dns = new TinyDns()) {
            aNameThatFailsAfterTheFirstRequest(asked, dns, () -> dns.staysSilent(() -> now.addAndGet(SECOND)));
            assertThat(samples.get(1).latencyNanos()).isGreaterThanOrEqualTo(3 * SECOND);
        }
    }

    @Test
    void refusesResolversWithNobodyToAsk() {
        var resolvers = new ResolversConfig(
                Optional.empty(), List.of(1.0, 2.0), false, Duration.ZERO, Duration.ofHours(1), Duration.ZERO);
        Injector injector = new Injector(config(9).with(resolvers), now::get, samples::add);
        assertThatThrownBy(() -> injector.run(schedule(get(0, "a", "/")), server.target(), 0, Optional.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("load.resolvers: there is nobody to ask");
    }

    @Test
    void refusesANameThatDoesNotResolveBeforeAnythingIsSent() throws Exception {
        try (TinyDns dns = new TinyDns()) {
            Target target = new Target("shop.example", server.port(), Optional.of(dns.address()));
            Injector injector = new Injector(config(9), now::get, samples::add);
            assertThatThrownBy(() -> injector.run(schedule(get(0, "a", "/")), target, 0, Optional.empty()))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(String.join(
                            System.lineSeparator(),
                            target + ": the name shop.example does not resolve: NXDOMAIN and no address from 127.0.0.1:"
                                    + dns.address().getPort(),
                            "  Correct the name, or start the DNS server that knows it.",
                            "1 problem; nothing was started."));
            assertThat(samples).isEmpty();
        }
    }

    @Test
    void refusesATargetThatNobodyListensAt() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        Injector injector = new Injector(config(9), now::get, samples::add);
        assertThatThrownBy(() -> injector.run(
                        schedule(get(0, "a", "/")),
                        new Target("127.0.0.1", port, Optional.empty()),
                        0,
                        Optional.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "127.0.0.1:" + port + ": cannot be reached: connection refused (127.0.0.1:" + port + ")",
                        "  Start the target, or correct its address.",
                        "1 problem; nothing was started."));
    }

    @Test
    void stopsInTheMiddleWithAResultOfWhatWasDone() throws Exception {
        Injector[] injector = new Injector[1];
        injector[0] = new Injector(config(9), now::get, sample -> {
            samples.add(sample);
            now.addAndGet(MILLI);
            if (samples.size() == 2) injector[0].stop();
        });
        Injection injection = injector[0].run(
                schedule(get(0, "a", "/"), get(1, "a", "/"), get(2, "a", "/"), get(3, "a", "/")),
                server.target(),
                0,
                Optional.empty());
        assertThat(injection.requests()).isEqualTo(2);
        assertThat(injection.status()).as("%s", injection.reasons()).isEqualTo("VALID");
        assertThat(injection.offeredPerSecond()).isEqualTo(1_000);
    }

    @Test
    void tellsHowFarItHasCome() throws Exception {
        List<InjectorProgress> seen = new ArrayList<>();
        Injector[] injector = new Injector[1];
        injector[0] = new Injector(config(9), now::get, sample -> {
            seen.add(injector[0].progress());
            now.addAndGet(SECOND);
        });
        injector[0].run(
                schedule(get(0, "a", "/error"), get(1000, "a", "/"), get(2000, "a", "/")),
                server.target(),
                0,
                Optional.empty());
        InjectorProgress second = seen.get(1);
        assertThat(second.elapsedNanos()).isEqualTo(SECOND);
        assertThat(second.plannedNanos()).isEqualTo(10 * SECOND);
        assertThat(second.sent()).isEqualTo(2);
        assertThat(second.done()).isEqualTo(2);
        assertThat(second.errors()).isEqualTo(1);
        assertThat(second.inFlight()).isZero();
        assertThat(second.recentPerSecond()).isEqualTo(1);
        var tier = second.tierSample(new InstanceId("injector", 1), 7);
        assertThat(tier.arrivals()).isEqualTo(2);
        assertThat(tier.errors()).isEqualTo(1);
    }

    @Test
    void aBrokenTraceBreaksTheRun() {
        Schedule broken = new Listed(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public ScheduledRequest next() {
                        throw new IllegalStateException("the disk is gone");
                    }
                },
                SECOND);
        assertThatThrownBy(() -> run(broken, sample -> {})).hasMessage("the disk is gone");
    }
}
