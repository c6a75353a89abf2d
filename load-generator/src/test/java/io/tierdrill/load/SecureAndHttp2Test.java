package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.load.order.Order;
import io.tierdrill.load.prepare.Layout.Mode;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.load.tls.TlsConfig;
import io.tierdrill.load.wire.Protocol;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real nginx: TLS with and without resumption, HTTP/2 over TLS and by prior knowledge. */
@Timeout(60)
class SecureAndHttp2Test {
    @TempDir
    Path folder;

    private final WireRun run = new WireRun();
    private RealNginx nginx;

    @BeforeAll
    static void real() {
        RealNginx.orSkip();
    }

    @AfterEach
    void stop() {
        if (nginx != null) nginx.close();
    }

    private void start(String clear, String secure, String settings) throws Exception {
        nginx = RealNginx.start(folder, clear, secure, settings);
    }

    private WireConfig wire(Protocol protocol, boolean resume) {
        var tls = new TlsConfig(true, Optional.of(nginx.certificate()), Optional.empty(), resume);
        return new WireConfig(Order.USER, SourceAddresses.any(), protocol, tls);
    }

    private static WireConfig unverified(Protocol protocol, String sni) {
        var tls = new TlsConfig(false, Optional.empty(), Optional.of(sni), true);
        return new WireConfig(Order.USER, SourceAddresses.any(), protocol, tls);
    }

    /** Time stands still until a request has ended, and then moves on to the next. */
    private WireRun oneAfterAnother(long millis) {
        AtomicLong now = new AtomicLong();
        return run.on(now::get).telling(sample -> now.addAndGet(millis * WireRun.MILLI));
    }

    /** Requests in the log, without the probe's connection, which asks nothing. */
    private List<String> rows() throws IOException {
        return nginx.rows();
    }

    private long with(String word) throws IOException {
        return rows().stream()
                .filter(row -> (" " + row + " ").contains(" " + word + " "))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatComesBackResumesItsSession(String version) throws Exception {
        start("", "", "ssl_session_cache shared:s:1m; ssl_protocols " + version + ";");
        oneAfterAnother(20).with(wire(Protocol.HTTP1, true));
        for (int i = 0; i < 20; i++) run.get(i * 20, "client" + i % 5, "/once");
        Injection injection = run.against(nginx.secure());
        assertThat(run.outcomes()).hasSize(20).containsOnly(Outcome.OK);
        assertThat(injection.connections())
                .containsEntry("tlsHandshakes", 20L)
                .containsEntry("tlsResumed", with("r"))
                .containsEntry("tlsResumed", 15L);
        assertThat(with(version)).isEqualTo(20);
    }

    @Test
    void nobodyResumesWhereThatIsNotAskedFor() throws Exception {
        start("", "", "ssl_session_cache shared:s:1m;");
        oneAfterAnother(20).with(wire(Protocol.HTTP1, false));
        for (int i = 0; i < 6; i++) run.get(i * 20, "client", "/once");
        Injection injection = run.against(nginx.secure());
        assertThat(injection.connections()).containsEntry("tlsHandshakes", 6L).containsEntry("tlsResumed", 0L);
        assertThat(with("r")).isZero();
    }

    @Test
    void asksForTheNameItIsToldToAskFor() throws Exception {
        start("", "", "");
        run.with(unverified(Protocol.HTTP1, "www.shop.example")).get(0, "a", "/items");
        run.against(nginx.secure());
        assertThat(run.outcomes()).containsExactly(Outcome.OK);
        assertThat(with("www.shop.example")).isEqualTo(1);
    }

    private static RequestRecord to(String authority, String path) {
        return new RequestRecord(
                0, "a", "", "", "https", "GET", authority, path, List.of(), Body.none(), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void asksForTheHostOfEachRecordedRequestOnConnectionsOfItsOwn(Protocol protocol) throws Exception {
        start("", "http2", "");
        run.with(unverified(protocol, "recorded"));
        for (int i = 0; i < 3; i++) run.request(to("one.example", "/items")).request(to("two.example:8443", "/items"));
        run.request(to("", "/items"));
        Injection injection = run.against(nginx.secure());
        assertThat(run.outcomes()).hasSize(7).containsOnly(Outcome.OK);
        assertThat(with("one.example")).isEqualTo(3);
        assertThat(with("two.example")).isEqualTo(3);
        if (protocol == Protocol.HTTP2)
            assertThat(injection.generator().connectionsOpened()).isEqualTo(3);
    }

    @Test
    void aSessionOfOneHostIsNotResumedAtAnother() throws Exception {
        start("", "", "ssl_session_cache shared:s:1m; ssl_protocols TLSv1.3;");
        oneAfterAnother(20).with(unverified(Protocol.HTTP1, "recorded"));
        for (int i = 0; i < 8; i++) {
            String host = i % 2 == 0 ? "one.example" : "two.example";
            run.request(new RequestRecord(
                    i * 20 * WireRun.MILLI,
                    "a",
                    "",
                    "",
                    "https",
                    "GET",
                    host,
                    "/once",
                    List.of(),
                    Body.none(),
                    Optional.empty()));
        }
        Injection injection = run.against(nginx.secure());
        assertThat(injection.connections()).containsEntry("tlsHandshakes", 8L).containsEntry("tlsResumed", 6L);
    }

    /** The first request's host is looked at before anything is sent, later ones fail by themselves. */
    @Test
    void aCertificateMustBeForTheRecordedHost() throws Exception {
        start("", "", "");
        var tls = new TlsConfig(true, Optional.of(nginx.certificate()), Optional.of("recorded"), true);
        run.with(new WireConfig(Order.USER, SourceAddresses.any(), Protocol.HTTP1, tls));
        run.request(to("shop.example", "/items")).request(to("one.example", "/items"));
        run.request(to("not a name", "/items"));
        Injection injection = run.against(nginx.secure());
        assertThat(injection.errors()).isEqualTo(java.util.Map.of("tls-failure", 2L));
        assertThat(rows()).hasSize(1);

        WireRun other = new WireRun().with(run.config()).request(to("one.example", "/items"));
        assertThatThrownBy(() -> other.against(nginx.secure()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(
                        "the TLS handshake failed: No subject alternative DNS name matching one.example found");
        assertThat(rows()).hasSize(1);
    }

    @Test
    void refusesATargetThatNobodyVouchesForBeforeTheFirstRequest() throws Exception {
        start("", "", "");
        run.get(0, "a", "/items");
        assertThatThrownBy(() -> run.against(nginx.secure()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "127.0.0.1:" + nginx.secure
                                + ": cannot be reached: the TLS handshake failed: unable to find valid"
                                + " certification path to requested target (127.0.0.1:" + nginx.secure + ")",
                        "  Trust its authority (tls.ca, --tls-ca), ask for the name in its certificate (tls.sni, --tls-name),"
                                + " or take any (tls.verify: false, --tls-insecure).",
                        "1 problem; nothing was started."));
        assertThat(run.samples).isEmpty();
    }

    @Test
    void refusesATargetThatIsNotSecured() throws Exception {
        start("", "", "");
        run.with(unverified(Protocol.HTTP1, "a")).get(0, "a", "/items");
        assertThatThrownBy(() -> run.against(new Target("127.0.0.1", nginx.clear, Optional.empty(), true)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "127.0.0.1:" + nginx.clear + ": cannot be reached: it does not speak TLS (127.0.0.1:"
                                + nginx.clear + ")",
                        "  Write http:// in place of https://, or give the port where it speaks TLS.",
                        "1 problem; nothing was started."));
    }

    @Test
    void refusesATargetWithoutHttp2() throws Exception {
        start("", "", "");
        WireRun http2 = run.with(unverified(Protocol.HTTP2, "a")).get(0, "a", "/items");
        assertThatThrownBy(() -> http2.against(nginx.secure()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("it does not speak HTTP/2");
        assertThatThrownBy(() -> http2.against(nginx.clear()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("it does not speak HTTP/2: no SETTINGS came");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsManyRequestsAtATimeOnOneConnection(boolean secure) throws Exception {
        start("http2", "http2", "");
        run.with(wire(Protocol.HTTP2, true));
        for (int i = 0; i < 60; i++) run.get(0, "client" + i % 2, "/items/" + i);
        run.get(5, "client0", "/broken").get(5, "client0", "/missing").get(5, "client1", "/large");
        Injection injection = run.against(secure ? nginx.secure() : nginx.clear());
        assertThat(run.outcomes()).hasSize(63).containsOnly(Outcome.OK, Outcome.SERVER_ERROR);
        assertThat(injection.errors()).isEqualTo(java.util.Map.of("server-error", 1L));
        assertThat(injection.generator().connectionsOpened()).isEqualTo(2);
        assertThat(with("HTTP/2.0")).isEqualTo(63);
        assertThat(run.samples).anySatisfy(s -> {
            assertThat(s.status()).isEqualTo(200);
            assertThat(s.responseBytes()).isEqualTo(500_000);
        });
        assertThat(run.samples).anySatisfy(s -> assertThat(s.status()).isEqualTo(404));
    }

    @Test
    void sendsLargeBodiesWithinTheWindowsOfThePeer() throws Exception {
        start("http2", "http2", "");
        run.with(wire(Protocol.HTTP2, true));
        for (int i = 0; i < 4; i++)
            run.request(0, "a", "", "", "PUT", "/upload/" + i, new Body(new byte[100], 300_000, ""), Optional.empty());
        run.against(nginx.secure());
        assertThat(run.outcomes()).hasSize(4).containsOnly(Outcome.OK);
        assertThat(run.samples).allSatisfy(s -> assertThat(s.status()).isEqualTo(201));
    }

    @Test
    void holdsWhatThePeerDoesNotAllowYet() throws Exception {
        start("http2", "http2", "http2_max_concurrent_streams 2;");
        run.with(wire(Protocol.HTTP2, true)).with(Mode.POOL, 1);
        for (int i = 0; i < 20; i++) run.get(0, "client" + i, "/items/" + i);
        Injection injection = run.against(nginx.clear());
        assertThat(run.outcomes()).hasSize(20).containsOnly(Outcome.OK);
        assertThat(injection.generator().connectionsOpened()).isEqualTo(1);
        assertThat(injection.held())
                .hasValueSatisfying(held -> assertThat(held.count()).isGreaterThan(15));
    }

    @Test
    void opensAnotherConnectionWhereThePeerSaysGoodbye() throws Exception {
        start("http2", "http2", "keepalive_requests 5;");
        oneAfterAnother(10).with(wire(Protocol.HTTP2, true));
        for (int i = 0; i < 20; i++) run.get(i * 10, "a", "/items/" + i);
        Injection injection = run.against(nginx.clear());
        assertThat(run.outcomes()).hasSize(20).containsOnly(Outcome.OK);
        assertThat(injection.connections().get("reconnects")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aTimeoutOfOneStreamLeavesTheOthersAlone() throws Exception {
        start("http2", "http2", "");
        InjectorConfig config = run.config();
        run.with(new InjectorConfig(
                        9,
                        config.idleTimeout(),
                        java.time.Duration.ofMillis(500),
                        config.pacing(),
                        config.identity(),
                        config.layout(),
                        config.machinery(),
                        wire(Protocol.HTTP2, true),
                        config.limits()))
                .get(0, "a", "/slow")
                .get(100, "a", "/items")
                .get(600, "a", "/items");
        Injection injection = run.against(nginx.secure());
        assertThat(run.outcomes()).containsExactly(Outcome.TIMEOUT, Outcome.OK, Outcome.OK);
        assertThat(injection.generator().connectionsOpened()).isEqualTo(1);
    }
}
