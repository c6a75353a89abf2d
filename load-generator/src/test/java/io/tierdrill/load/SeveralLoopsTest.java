package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.load.engine.Engines;
import io.tierdrill.load.live.Live;
import io.tierdrill.load.loop.LoopConfig;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.order.Order;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.record.Totals;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.load.tls.TlsConfig;
import io.tierdrill.load.wire.Protocol;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run with several sending threads has in common with a run with one, for every engine, over real sockets. */
@Timeout(60)
class SeveralLoopsTest {
    private static final long MILLI = 1_000_000;
    private static final int USERS = 41;
    private static final int EACH = 25;

    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private TinyServer server;

    @BeforeEach
    void open() throws Exception {
        server = new TinyServer();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    static Stream<Transport> engines() {
        return Arrays.stream(Transport.values()).filter(t -> t != Transport.AUTO && t != Transport.NETTY);
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

    private static InjectorConfig config(Transport transport, int loops, Layout layout) {
        InjectorConfig plain = InjectorConfig.defaults();
        return new InjectorConfig(
                400,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Pacing.HYBRID,
                plain.identity(),
                layout,
                LoopConfig.automatic().with(transport).with(loops),
                new WireConfig(Order.USER, SourceAddresses.any(), Protocol.HTTP1, TlsConfig.defaults()),
                plain.limits());
    }

    /** A request of a user, at a time, whose answer came at once when it was recorded: the next one waits for it. */
    private static ScheduledRequest get(long dueMillis, String user, String path) {
        Response quick = new Response(200, Optional.empty(), Optional.of(1L));
        return new ScheduledRequest(
                dueMillis * MILLI,
                new RequestRecord(
                        0, "c", "", user, "http", "GET", "", path, List.of(), Body.none(), Optional.of(quick)));
    }

    /** In each round every user asks for something. */
    private static List<ScheduledRequest> rounds() {
        List<ScheduledRequest> all = new ArrayList<>();
        for (int round = 0; round < EACH; round++)
            for (int user = 0; user < USERS; user++) all.add(get(2 * round, "u" + user, "/" + user + "/" + round));
        return all;
    }

    private Injection run(InjectorConfig config, List<ScheduledRequest> requests, Consumer<RequestSample> samples)
            throws Exception {
        NanoClock system = NanoClock.system();
        NanoClock clock = system.since(system.nanos());
        Injector injector = new Injector(config, clock, sample -> {
            threads.add(Thread.currentThread().getName());
            samples.accept(sample);
        });
        return injector.run(new Listed(requests.iterator(), 1_000 * MILLI), server.target(), 0, Optional.empty());
    }

    private static void needs(Transport transport) {
        assumeTrue(
                Engines.missing(transport).isEmpty(),
                () -> Engines.missing(transport).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sendsEveryRequestOnceAndThoseOfAUserInTheirOrder(Transport transport) throws Exception {
        needs(transport);
        List<RequestSample> samples = new ArrayList<>();
        Injection injection = run(config(transport, 2, Layout.byClient()), rounds(), samples::add);
        assertThat(injection.errors()).isEmpty();
        assertThat(injection.requests()).isEqualTo(USERS * EACH);
        assertThat(injection.transport()).isEqualTo(transport.word() + ", 2 sending threads");
        assertThat(threads).hasSize(2).contains("load-loop-1");
        Map<String, List<Integer>> seen = new HashMap<>();
        for (TinyServer.Seen each : server.seen()) {
            String[] parts = each.path().split("/");
            seen.computeIfAbsent(parts[1], u -> new ArrayList<>()).add(Integer.parseInt(parts[2]));
        }
        assertThat(seen).hasSize(USERS);
        List<Integer> inOrder = Stream.iterate(0, i -> i + 1).limit(EACH).toList();
        assertThat(seen.values()).allSatisfy(rounds -> assertThat(rounds).isEqualTo(inOrder));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theirFiguresAreThoseOfOneRecording(Transport transport) throws Exception {
        needs(transport);
        List<RequestSample> samples = new ArrayList<>();
        Injection injection = run(config(transport, 2, Layout.byClient()), rounds(), samples::add);
        assertThat(samples).hasSize(USERS * EACH);
        Histogram latency = new Histogram(3_600_000 * MILLI, 3);
        for (RequestSample s : samples) latency.recordValue(s.doneNanos() - s.dueNanos());
        assertThat(injection.latency()).isEqualTo(Totals.quantiles(latency));
        assertThat(injection.responses()).isEqualTo(samples.size());
        assertThat(injection.offeredPerSecond()).isEqualTo(USERS * EACH);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void dividesAPoolAmongThem(Transport transport) throws Exception {
        needs(transport);
        Injection injection = run(config(transport, 2, new Layout(Layout.Mode.POOL, 3)), rounds(), s -> {});
        assertThat(injection.errors()).isEmpty();
        assertThat(injection.requests()).isEqualTo(USERS * EACH);
        assertThat(injection.generator().connectionsPeak()).isEqualTo(3);
        assertThat(server.seen().stream().map(TinyServer.Seen::connection).distinct())
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void stopsAllOfThemWithAResultOfWhatWasDone(Transport transport) throws Exception {
        needs(transport);
        List<ScheduledRequest> long_ = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) long_.add(get(i, "u" + i % USERS, "/" + i));
        NanoClock system = NanoClock.system();
        Injector[] injector = new Injector[1];
        List<RequestSample> samples = new ArrayList<>();
        injector[0] = new Injector(config(transport, 2, Layout.byClient()), system.since(system.nanos()), sample -> {
            samples.add(sample);
            if (samples.size() == 100) injector[0].stop();
        });
        Injection injection =
                injector[0].run(new Listed(long_.iterator(), 100_000 * MILLI), server.target(), 0, Optional.empty());
        assertThat(injection.requests()).isEqualTo(server.seen().size()).isBetween(100L, 5_000L);
        assertThat(injection.stopped()).isPresent();
        assertThat(injection.plannedSeconds()).isBetween(0.05, 5.0);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void oneThatBreaksEndsTheRunWithItsReason(Transport transport) throws Exception {
        needs(transport);
        for (boolean first : new boolean[] {true, false}) {
            List<ScheduledRequest> endless = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) endless.add(get(i, "u" + i % USERS, "/never"));
            for (int i = 0; i < USERS; i++) endless.add(i, get(0, "w" + i, "/"));
            assertThatThrownBy(() -> run(config(transport, 2, Layout.byClient()), endless, sample -> {
                        boolean other = Thread.currentThread().getName().equals("load-loop-1");
                        if (other != first) throw new IllegalStateException("the " + (first ? "first" : "second"));
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(first ? "the first" : "the second");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anInterruptEndsAllOfThem(Transport transport) throws Exception {
        needs(transport);
        List<ScheduledRequest> endless = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) endless.add(get(i, "u" + i % USERS, "/"));
        Thread own = Thread.currentThread();
        AtomicBoolean once = new AtomicBoolean();
        assertThatThrownBy(() -> run(config(transport, 2, Layout.byClient()), endless, sample -> {
                    if (once.compareAndSet(false, true)) own.interrupt();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.isAlive() && t.getName().equals("load-loop-1"));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void secondsAreToldOnceAllHaveComeToTheirEnd(Transport transport) throws Exception {
        needs(transport);
        NanoClock system = NanoClock.system();
        Live live = Live.quiet();
        Injector injector = new Injector(config(transport, 2, Layout.byClient()), live, system.since(system.nanos()));
        List<ScheduledRequest> slowly = new ArrayList<>();
        for (int i = 0; i < 2_400; i++) slowly.add(get(i, "u" + i % USERS, "/" + i));
        injector.run(new Listed(slowly.iterator(), 2_400 * MILLI), server.target(), 0, Optional.empty());
        assertThat(injector.progress().done()).isEqualTo(2_400);
        assertThat(live.recentLatencyP99Micros()).isPresent();
        assertThat(injector.progress().recentPerSecond()).isBetween(1.0, 2_400.0);
    }

    private static Choice choice(InjectorConfig config) throws Exception {
        return Choice.of(
                config, new Target("127.0.0.1", 1, Optional.empty()), Optional.empty(), OptionalDouble.empty());
    }

    @Test
    void nettyStaysAtOne() {
        assertThatThrownBy(() -> choice(config(Transport.NETTY, 2, Layout.byClient())))
                .hasMessage("""
                        load.loops: 2 sending threads are not possible: netty sends on one (asked for)
                          Leave it at auto.
                        1 problem; nothing was started.""");
    }

    @Test
    void thereAreNoMoreThanConnections() {
        assertThatThrownBy(() -> choice(config(Transport.NIO, 4, new Layout(Layout.Mode.POOL, 3))))
                .hasMessage("""
                        load.loops: 4 sending threads are not possible: they share 3 connections
                          Allowed here: 1 to 3.
                        1 problem; nothing was started.""");
    }
}
