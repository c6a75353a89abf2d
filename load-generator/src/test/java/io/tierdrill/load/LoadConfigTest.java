package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.load.http.Identity;
import io.tierdrill.load.loop.LoopConfig;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.order.Order;
import io.tierdrill.load.pattern.PatternConfig.Arrivals;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.replay.ReplayConfig;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.load.tls.TlsConfig;
import io.tierdrill.load.wire.Protocol;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadConfigTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    Path folder;

    private LoadConfig read(String yaml) throws BadInputException {
        Problems problems = new Problems();
        LoadConfig config =
                LoadConfig.from(ConfigFile.parse("s.yaml", yaml, problems).object("load"), folder);
        problems.throwIfAny();
        return config;
    }

    private void refuses(String yaml, String... lines) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(NL, lines));
    }

    private void readsItselfBack(LoadConfig config) throws BadInputException {
        assertThat(read(ConfigFile.write(Map.of("load", config.toMap())))).isEqualTo(config);
    }

    private void trace(String name) throws IOException {
        Files.createFile(folder.resolve(name));
    }

    @Test
    void fillsInEverythingButTheRateOfAPattern() throws Exception {
        LoadConfig config = read("load: {pattern: {rate: 300/s}}");
        var pattern = config.pattern().orElseThrow();
        assertThat(pattern.shape()).isEqualTo(new Shape.Constant(300));
        assertThat(pattern.arrivals()).isEqualTo(Arrivals.POISSON);
        assertThat(config.injector()).isEqualTo(InjectorConfig.defaults());
        readsItselfBack(config);
    }

    @Test
    void readsEverySettingOfAPatternAndWritesItBack() throws Exception {
        LoadConfig config = read("""
                load:
                  pattern:
                    curve:
                      - {at: 0s, rate: 100}
                      - {at: 1m, rate: 600/m}
                    arrivals: bursty
                    burstiness: 6
                    paths:
                      - {path: '/item/{item}', weight: 3}
                      - {path: /buy, method: POST, body: 2KiB}
                    popularity: {items: 50, exponent: 0.8}
                    sessions: {clients: 70, requests: 4.5, thinkTime: 250ms}
                    authority: shop.example
                  connections: {max: 12, idleTimeout: 3s, mode: pool, size: 5}
                  timeout: 2s
                  pacing: sleep
                  transport: io_uring
                  loops: 1
                  ahead: 4MiB
                  identity: {client: X-Forwarded-For, user: X-User}
                  order: none
                  sources: [127.0.0.2-127.0.0.200, 127.1.0.0/24, '::1']
                  protocol: http2
                  tls: {verify: false, sni: shop.example, resume: false}
                """);
        var pattern = config.pattern().orElseThrow();
        assertThat(pattern.curve(Duration.ofMinutes(1)).perSecondAt(60_000_000_000L))
                .isEqualTo(10);
        assertThat(pattern.paths().get(1).bodyBytes()).isEqualTo(2048);
        assertThat(config.injector().maxConnections()).isEqualTo(12);
        assertThat(config.injector().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.injector().pacing()).isEqualTo(Pacing.SLEEP);
        assertThat(config.injector().layout()).isEqualTo(new Layout(Layout.Mode.POOL, 5));
        assertThat(config.injector().machinery())
                .isEqualTo(new LoopConfig(Transport.IO_URING, Optional.of(1), 4 << 20));
        WireConfig wire = config.injector().wire();
        assertThat(wire.order()).isEqualTo(Order.NONE);
        assertThat(wire.sources().size()).isEqualTo(199 + 254 + 1);
        assertThat(wire.protocol()).isEqualTo(Protocol.HTTP2);
        assertThat(wire.tls()).isEqualTo(new TlsConfig(false, Optional.empty(), Optional.of("shop.example"), false));
        assertThat(config.injector().identity())
                .isEqualTo(new Identity(Optional.of("X-Forwarded-For"), Optional.of("X-User")));
        readsItselfBack(config);
    }

    @Test
    void looksForATraceInTheFolderOfTheScenario() throws Exception {
        trace("t.avro");
        LoadConfig config = read("load: {trace: t.avro, speed: 2, scale: 1.5, loop: true}");
        assertThat(config.replay())
                .contains(new ReplayConfig(folder.resolve("t.avro"), 2, Optional.empty(), 1.5, true));
        readsItselfBack(config);
        readsItselfBack(read("load: {trace: t.avro, rate: 500/s}"));
    }

    @Test
    void scalesByUsersAndNotByHaste() throws Exception {
        trace("t.avro");
        ReplayConfig replay =
                read("load: {trace: t.avro, rate: 10/s}").scaledBy(3).replay().orElseThrow();
        assertThat(replay.scale()).isEqualTo(3);
        assertThat(replay.rate()).contains(30.0);
        var pattern = read("load: {pattern: {rate: 10/s, sessions: {clients: 40, thinkTime: 2s}}}")
                .scaledBy(3)
                .pattern()
                .orElseThrow();
        assertThat(pattern.curve(Duration.ofMinutes(1)).highest()).isEqualTo(30);
        assertThat(pattern.sessions().clients()).isEqualTo(120);
        assertThat(pattern.sessions().thinkTime()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void refusesAnIdentityThatIsNoHeader() throws Exception {
        trace("t.avro");
        refuses(
                "load: {trace: t.avro, identity: {client: 'X User'}}",
                "s.yaml:1:34: load.identity.client: is \"X User\"",
                "  Allowed: the name of a header, such as X-Forwarded-For.",
                "1 problem; nothing was started.");
    }

    @Test
    void wantsATraceOrAPattern() {
        refuses(
                "load: {timeout: 1s}",
                "s.yaml:1:7: load.trace: is missing, and so is a pattern",
                "  Add 'trace: FILE' or 'pattern:'.",
                "1 problem; nothing was started.");
    }

    @Test
    void refusesATraceBesideAPattern() throws Exception {
        trace("t.avro");
        refuses(
                "load: {trace: t.avro, pattern: {rate: 1}}",
                "s.yaml:1:8: load.trace: stands beside a pattern",
                "  Keep one of trace and pattern.",
                "1 problem; nothing was started.");
    }

    @Test
    void tellsOfAllProblemsAtOnceEachWithItsPlace() {
        refuses(
                """
                load:
                  trace: nowhere.avro
                  speed: 0
                  rate: none
                  scale: 0
                  loop: perhaps
                  pacing: spinn
                  timeout: 0s
                  connections: {maximum: 5}
                  thread: 1
                """,
                "s.yaml:3:10: load.speed: cannot use \"0\"",
                "  Allowed: a number from 1.0E-6 to 1000000.",
                "s.yaml:4:9: load.rate: cannot use \"none\"",
                "  Allowed: a rate above 0, such as 300, 300/s or 1200/m.",
                "s.yaml:5:10: load.scale: cannot use \"0\"",
                "  Allowed: a number from 1.0E-4 to 100000.",
                "s.yaml:6:9: load.loop: cannot use \"perhaps\"",
                "  Allowed: true or false.",
                "s.yaml:2:3: load.trace: there is no file " + folder.resolve("nowhere.avro"),
                "  Give the path from the scenario's folder.",
                "s.yaml:4:3: load.rate: stands beside a speed",
                "  Keep one of speed and rate.",
                "s.yaml:8:3: load.timeout: is zero",
                "  Allowed: a duration above 0, such as 10s.",
                "s.yaml:7:11: load.pacing: unknown value \"spinn\"",
                "  Known: hybrid, sleep, spin. Did you mean spin?",
                "s.yaml:9:17: load.connections.maximum: unknown setting",
                "  Known: max, idleTimeout, mode, size.",
                "s.yaml:10:3: load.thread: unknown setting",
                "  Known: trace, pattern, speed, rate, mix, scale, loop, window, shape, connections, timeout, pacing,"
                        + " identity, transport, loops, ahead, order, sources, protocol, tls, resolvers, abortOn,"
                        + " metrics, login, correlate, rewrite, cookies, check.",
                "10 problems; nothing was started.");
    }

    @Test
    void refusesSourcesAndCertificatesThatAreNone() throws Exception {
        trace("t.avro");
        refuses(
                "load: {trace: t.avro, sources: [127.0.0.9-127.0.0.2, shop.example], tls: {verify: no, ca: x.pem}}",
                "s.yaml:1:23: load.sources: cannot use \"127.0.0.9-127.0.0.2\"",
                "  Allowed: addresses such as 127.0.0.2, ranges such as 127.0.0.2-127.0.0.200 and networks such as"
                        + " 127.1.0.0/24.",
                "s.yaml:1:23: load.sources: cannot use \"shop.example\"",
                "  Allowed: addresses such as 127.0.0.2, ranges such as 127.0.0.2-127.0.0.200 and networks such as"
                        + " 127.1.0.0/24.",
                "s.yaml:1:87: load.tls.ca: there is no file " + folder.resolve("x.pem"),
                "  Give the path of a PEM file.",
                "s.yaml:1:83: load.tls.verify: cannot use \"no\"",
                "  Allowed: true or false.",
                "4 problems; nothing was started.");
    }

    @Test
    void asksForRecordedHostsOnlyWhereHostsShareNoConnections() throws Exception {
        trace("t.avro");
        LoadConfig config = read("load: {trace: t.avro, tls: {sni: recorded}, connections: {mode: user}}");
        assertThat(config.injector().wire().tls().namesAsRecorded()).isTrue();
        readsItselfBack(config);
        refuses(
                "load: {trace: t.avro, tls: {sni: recorded}, connections: {mode: pool, size: 4}}",
                "s.yaml:1:59: load.connections.mode: shares connections between hosts, and tls.sni asks for the recorded host"
                        + " of each",
                "  Take another mode than pool, or one name for all.",
                "1 problem; nothing was started.");
        refuses(
                "load: {trace: t.avro, tls: {sni: a b}}",
                "s.yaml:1:29: load.tls.sni: cannot use \"a b\"",
                "  Allowed: the name of a host, or 'recorded' for that of each request.",
                "1 problem; nothing was started.");
    }

    @Test
    void refusesMachineryThatIsNone() throws Exception {
        trace("t.avro");
        refuses(
                "load: {trace: t.avro, loops: 99, ahead: 4KiB, transport: uring}",
                "s.yaml:1:58: load.transport: unknown value \"uring\"",
                "  Known: auto, io_uring, epoll, nio, netty.",
                "s.yaml:1:23: load.loops: cannot use \"99\"",
                "  Allowed: auto, or 1 to 64 sending threads.",
                "s.yaml:1:34: load.ahead: is too little",
                "  Allowed: 1MiB or more.",
                "3 problems; nothing was started.");
    }

    @Test
    void tellsOfEveryProblemOfAPattern() {
        refuses(
                """
                load:
                  speed: 2
                  pattern:
                    curve:
                      - {at: 5s, rate: 10}
                      - {at: 5s, rate: 20}
                      - {rate: 5}
                    rate: 3
                    burstiness: 9
                    paths:
                      - {path: no-slash, weight: 0, method: get}
                      - {weight: 1, body: much}
                    popularity: {items: 0}
                    sessions: {clients: 0, thinktime: 1s}
                """,
                "s.yaml:6:10: load.pattern.curve[1].at: is not after the point before it",
                "  List the points in the order of time.",
                "s.yaml:7:9: load.pattern.curve[2].at: is missing",
                "  Add 'at:', a duration from the start.",
                "s.yaml:4:5: load.pattern.curve: stands beside a rate",
                "  Keep one of rate and curve.",
                "s.yaml:9:5: load.pattern.burstiness: has no effect on poisson arrivals",
                "  Say 'arrivals: bursty'.",
                "s.yaml:11:10: load.pattern.paths[0].path: cannot use \"no-slash\"",
                "  Allowed: a path starting with '/', without blanks.",
                "s.yaml:11:26: load.pattern.paths[0].weight: is zero",
                "  Give it a share above 0 or take the path out.",
                "s.yaml:11:37: load.pattern.paths[0].method: cannot use \"get\"",
                "  Allowed: an HTTP method in capitals, such as GET.",
                "s.yaml:12:9: load.pattern.paths[1].path: is missing",
                "  Add 'path:' here.",
                "s.yaml:12:27: load.pattern.paths[1].body: cannot use \"much\"",
                "  Allowed: a size such as 512, 4KiB, 1MiB or 1GiB.",
                "s.yaml:13:25: load.pattern.popularity.items: cannot use \"0\"",
                "  Allowed: a whole number from 1 to 1099511627776.",
                "s.yaml:14:25: load.pattern.sessions.clients: cannot use \"0\"",
                "  Allowed: a whole number from 1 to 10000000.",
                "s.yaml:14:28: load.pattern.sessions.thinktime: unknown setting",
                "  Known: clients, requests, thinkTime. Did you mean thinkTime?",
                "s.yaml:2:3: load.speed: belongs to a trace, and there is none",
                "  Write the rate and its curve in 'pattern:'.",
                "13 problems; nothing was started.");
    }
}
