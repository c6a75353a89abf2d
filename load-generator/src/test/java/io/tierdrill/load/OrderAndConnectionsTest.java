package io.tierdrill.load;

import static io.tierdrill.load.WireRun.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.load.order.Order;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.prepare.Layout.Mode;
import io.tierdrill.load.prepare.Reuse;
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
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom, on which connection, from which address; the server stalls where the path says so. */
@Timeout(30)
class OrderAndConnectionsTest {
    private final WireRun run = new WireRun();
    private TinyServer server;

    @BeforeEach
    void open() throws IOException {
        server = new TinyServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private List<String> paths() {
        return server.seen().stream().map(TinyServer.Seen::path).toList();
    }

    /** Connections by number; the first one accepted is the probe's. */
    private List<Integer> connections() {
        return server.seen().stream().map(TinyServer.Seen::connection).toList();
    }

    @Test
    void aStalledAnswerHoldsTheLaterRequestsOfItsUserAndOfNobodyElse() throws Exception {
        // Held until three have come: a's second waits for the first, which is answered when c's has come.
        server.holdUntil(3);
        Injection injection = run.get(0, "a", "/held", 5)
                .get(20, "a", "/after", 5)
                .get(20, "b", "/held", 5)
                .get(60, "c", "/held", 5)
                .against(server.target());
        assertThat(run.outcomes()).containsOnly(Outcome.OK);
        assertThat(paths()).containsExactly("/held", "/held", "/held", "/after");
        RequestSample after = run.samples.stream()
                .filter(s -> s.dueNanos() == 20 * MILLI && s.latencyNanos() >= 40 * MILLI && s.connectNanos() == 0)
                .findFirst()
                .orElseThrow();
        assertThat(after.latenessNanos()).as("the injector was not late").isLessThan(20 * MILLI);
        assertThat(after.heldNanos()).isGreaterThan(35 * MILLI);
        assertThat(after.serviceNanos()).isEqualTo(after.latencyNanos() - after.latenessNanos() - after.heldNanos());
        assertThat(injection.held()).hasValueSatisfying(held -> {
            assertThat(held.count()).isEqualTo(1);
            assertThat(held.maxMicros()).isGreaterThan(35_000);
        });
        assertThat(injection.latency().maxMicros()).isGreaterThan(35_000);
    }

    @Test
    void nobodyWaitsWhereOrderIsNotAskedFor() throws Exception {
        server.holdUntil(2);
        WireConfig unordered = new WireConfig(Order.NONE, SourceAddresses.any(), Protocol.HTTP1, TlsConfig.defaults());
        Injection injection = run.with(unordered)
                .get(0, "a", "/held", 5)
                .get(20, "a", "/held", 5)
                .against(server.target());
        assertThat(run.outcomes()).containsExactly(Outcome.OK, Outcome.OK);
        assertThat(injection.held()).isEmpty();
    }

    @Test
    void whatIsHeldUntilItsTimeIsOverFailsWithoutBeingSent() throws Exception {
        // The second goes when the first has timed out; the third's own time is over while the second is not answered.
        var config = run.config();
        run.with(new InjectorConfig(
                        9,
                        config.idleTimeout(),
                        Duration.ofMillis(400),
                        config.pacing(),
                        config.identity(),
                        config.layout(),
                        config.machinery(),
                        config.wire(),
                        config.limits()))
                .get(0, "a", "/never", 1)
                .get(2, "a", "/never", 1)
                .get(200, "a", "/third", 1);
        Injection injection = run.against(server.target());
        assertThat(paths()).containsExactly("/never", "/never");
        assertThat(run.outcomes()).containsExactly(Outcome.TIMEOUT, Outcome.TIMEOUT, Outcome.HELD_TOO_LONG);
        assertThat(injection.errors()).isEqualTo(Map.of("held-too-long", 1L, "timeout", 2L));
        assertThat(injection.latency().count()).as("in the histogram").isEqualTo(3);
    }

    @Test
    void aPoolHoldsRequestsUntilAConnectionIsFreeInTheirOrder() throws Exception {
        run.with(Mode.POOL, 2);
        for (int i = 0; i < 20; i++) run.get(0, "client" + i, "/" + i);
        Injection injection = run.against(server.target());
        assertThat(run.outcomes()).hasSize(20).containsOnly(Outcome.OK);
        assertThat(connections()).containsOnly(2, 3);
        assertThat(injection.generator().connectionsPeak()).isEqualTo(2);
        assertThat(injection.held())
                .hasValueSatisfying(held -> assertThat(held.count()).isEqualTo(18));
        for (int connection : List.of(2, 3))
            assertThat(server.seen().stream()
                            .filter(s -> s.connection() == connection)
                            .map(s -> Integer.parseInt(s.path().substring(1)))
                            .toList())
                    .isSorted();
    }

    @Test
    void aUserHasSixConnectionsAndTheSeventhRequestWaits() throws Exception {
        server.holdUntil(6);
        run.with(Mode.USER, 1);
        for (int i = 0; i < 7; i++)
            run.request(0, "c" + i, "", "u", "GET", i < 6 ? "/held" : "/last", Body.none(), Optional.empty());
        Injection injection = run.against(server.target());
        assertThat(run.outcomes()).hasSize(7).containsOnly(Outcome.OK);
        assertThat(Set.copyOf(connections())).hasSize(6);
        assertThat(injection.held())
                .hasValueSatisfying(held -> assertThat(held.count()).isEqualTo(1));
    }

    @Test
    void aRecordedConnectionIsOneAndARequestWaitsForTheOneBeforeItOnIt() throws Exception {
        run.with(Mode.RECORDED, 1)
                .on(0, "a", "c1", "/1")
                .on(0, "a", "c1", "/2")
                .on(0, "a", "c2", "/3")
                .on(30, "a", "c1", "/4");
        Injection injection = run.against(server.target());
        assertThat(run.outcomes()).hasSize(4).containsOnly(Outcome.OK);
        assertThat(server.seen().stream()
                        .filter(s -> !s.path().equals("/3"))
                        .map(TinyServer.Seen::connection)
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(injection.held()).isPresent();
        assertThat(injection.generator().connectionsOpened()).isEqualTo(2);
        assertThat(injection.connections()).isEmpty();
    }

    private InjectorConfig idleFor(Duration idle) {
        return idleFor(idle, run.config().timeout());
    }

    private InjectorConfig idleFor(Duration idle, Duration timeout) {
        var config = run.config();
        return new InjectorConfig(
                9,
                idle,
                timeout,
                config.pacing(),
                config.identity(),
                new Layout(Mode.RECORDED, 1),
                config.machinery(),
                config.wire(),
                config.limits());
    }

    @Test
    void aRecordedConnectionPausesForLongerThanTheIdleTimeoutAndIsNotClosed() throws Exception {
        run.with(idleFor(Duration.ofMillis(150)))
                .on(0, "a", "c1", "/first")
                .then(Reuse.AGAIN)
                .on(0, "a", "c2", "/unknown")
                .then(Reuse.UNKNOWN)
                .on(700, "a", "c1", "/last")
                .then(Reuse.NEVER)
                .on(700, "a", "c2", "/anew")
                .then(Reuse.UNKNOWN);
        Injection injection = run.against(server.target());
        assertThat(run.outcomes()).hasSize(4).containsOnly(Outcome.OK);
        assertThat(connection("/last")).isEqualTo(connection("/first"));
        assertThat(connection("/anew")).isNotEqualTo(connection("/unknown"));
        assertThat(injection.generator().connectionsOpened()).isEqualTo(3);
    }

    @Test
    void aRecordedConnectionIsClosedAfterItsLastAnswerWhateverTheIdleTimeout() throws Exception {
        List<Integer> closedByThen = new CopyOnWriteArrayList<>();
        server.onRequest(seen -> {
            if (seen.path().equals("/later")) closedByThen.addAll(server.closed());
        });
        run.with(idleFor(Duration.ofSeconds(10)))
                .on(0, "a", "c1", "/one")
                .then(Reuse.AGAIN)
                .on(1, "a", "c1", "/two")
                .then(Reuse.NEVER)
                .on(1, "a", "c2", "/other")
                .then(Reuse.AGAIN)
                .on(500, "a", "c3", "/later")
                .then(Reuse.NEVER);
        run.against(server.target());
        assertThat(run.outcomes()).hasSize(4).containsOnly(Outcome.OK);
        assertThat(connection("/two")).isEqualTo(connection("/one"));
        assertThat(closedByThen).contains(connection("/one")).doesNotContain(connection("/other"));
    }

    @Test
    void aConnectionWhoseLastRequestNeverWentIsNotKeptForIt() throws Exception {
        List<Integer> closedByThen = new CopyOnWriteArrayList<>();
        server.onRequest(seen -> {
            if (seen.path().equals("/later")) closedByThen.addAll(server.closed());
        });
        // The last one of c1 waits for both of its user's on c2, which nobody answers, until its own time is over.
        run.with(idleFor(Duration.ofSeconds(10), Duration.ofMillis(400)));
        tookOne(0, "c1", "/first").then(Reuse.AGAIN);
        tookOne(500, "c2", "/never").then(Reuse.AGAIN);
        tookOne(502, "c2", "/never").then(Reuse.NEVER);
        tookOne(700, "c1", "/gone").then(Reuse.NEVER);
        run.on(1_250, "b", "c3", "/later").then(Reuse.NEVER).against(server.target());
        assertThat(run.outcomes())
                .containsExactly(Outcome.OK, Outcome.TIMEOUT, Outcome.TIMEOUT, Outcome.HELD_TOO_LONG, Outcome.OK);
        assertThat(closedByThen).contains(connection("/first"));
    }

    private WireRun tookOne(long dueMillis, String connection, String path) {
        var response = new Response(200, Optional.empty(), Optional.of(MILLI));
        return run.request(dueMillis, "a", connection, "a", "GET", path, Body.none(), Optional.of(response));
    }

    private int connection(String path) {
        return server.seen().stream()
                .filter(s -> s.path().equals(path))
                .findFirst()
                .orElseThrow()
                .connection();
    }

    @Test
    void aConnectionThatTheServerClosesEarlyIsOpenedAgainAndCounted() throws Exception {
        run.with(Mode.RECORDED, 1)
                .on(0, "a", "c1", "/close")
                .on(30, "a", "c1", "/close")
                .on(60, "a", "c1", "/");
        Injection injection = run.against(server.target());
        assertThat(run.outcomes()).hasSize(3).containsOnly(Outcome.OK);
        assertThat(injection.connections()).containsExactly(Map.entry("reconnects", 2L));
    }

    @Test
    void whatComesBehindAnAnswerMakesItsLengthWrong() throws Exception {
        Injection injection = run.get(0, "a", "/long").against(server.target());
        assertThat(injection.errors()).containsExactly(Map.entry("wrong-length", 1L));
        assertThat(injection.latency().count()).isEqualTo(1);
    }

    private static WireConfig from(String... sources) throws BadInputException {
        Problems problems = new Problems();
        var node = ConfigFile.parse("s.yaml", ConfigFile.write(Map.of("sources", List.of(sources))), problems);
        SourceAddresses addresses = SourceAddresses.from(node);
        problems.throwIfAny();
        return new WireConfig(Order.USER, addresses, Protocol.HTTP1, TlsConfig.defaults());
    }

    @Test
    void clientsComeFromManyAddressesAndEachKeepsItsOwn() throws Exception {
        run.with(from("127.0.0.2-127.0.0.200", "127.1.0.0/24"));
        for (int i = 0; i < 200; i++) run.get(i / 4, "client" + i % 50, "/" + i % 50);
        run.against(server.target());
        assertThat(run.outcomes()).hasSize(200).containsOnly(Outcome.OK);
        var byClient = server.seen().stream()
                .collect(Collectors.groupingBy(
                        TinyServer.Seen::path, Collectors.mapping(TinyServer.Seen::from, Collectors.toSet())));
        assertThat(byClient).hasSize(50);
        assertThat(byClient.values())
                .allSatisfy(addresses -> assertThat(addresses).hasSize(1));
        assertThat(server.seen().stream().map(TinyServer.Seen::from).distinct()).hasSizeGreaterThan(40);
    }

    @Test
    void refusesAnAddressThatThisMachineDoesNotHave() throws Exception {
        WireRun elsewhere = run.with(from("127.0.0.2", "192.0.2.7-192.0.2.9")).get(0, "a", "/");
        assertThatThrownBy(() -> elsewhere.against(server.target()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "load.sources: this machine has no address 192.0.2.7",
                        "  Use addresses of 127.0.0.0/8, or such as 'ip address' lists.",
                        "1 problem; nothing was started."));
    }

    @Test
    void refusesSourcesOfAnotherFamilyThanTheTarget() throws Exception {
        WireRun other = run.with(from("::1")).get(0, "a", "/");
        assertThatThrownBy(() -> other.against(server.target()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cannot be reached: load.sources has no address of its family (127.0.0.1:");
    }
}
