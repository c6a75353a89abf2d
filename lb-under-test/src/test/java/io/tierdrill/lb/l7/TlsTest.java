package io.tierdrill.lb.l7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.tierdrill.lb.Await;
import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TestCertificate;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.Witness;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.lb.net.ProxyHeader;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.tier.TierKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that encrypt. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final String GET = "GET /?size=100000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @TempDir
    static Path folder;

    private TestCertificate one;
    private TestCertificate other;
    private Witness witness;
    private EchoService service;
    private TierInstance l7;

    @BeforeAll
    void makeCertificates() throws Exception {
        one = TestCertificate.make(folder, "one");
        other = TestCertificate.makeRsa(folder, "other");
    }

    @BeforeEach
    void start() throws Exception {
        witness = new Witness();
        service = new EchoService("s");
        l7 = start(one);
    }

    private TierInstance start(TestCertificate certificate) throws Exception {
        TierInstance started = Stacks.start(TierKind.L7, certificate.yaml(), witness);
        started.wire(List.of(service.address()));
        return started;
    }

    @AfterEach
    void stop() {
        l7.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void carriesRequestsAndTellsThatTheyWereEncrypted(String version) throws Exception {
        try (SSLSocket socket = encrypted(one, Raw.connect(l7.traffic()))) {
            socket.setEnabledProtocols(new String[] {version});
            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 200 OK\r\n").hasSizeGreaterThan(100_000);
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
        assertThat(witness.only().scheme()).isEqualTo("https");
    }

    @Test
    void takesAnRsaKey() throws Exception {
        try (TierInstance rsa = start(other);
                SSLSocket socket = encrypted(other, Raw.connect(rsa.traffic()))) {
            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void takesAProxyHeaderInFrontOfTheHandshake() throws Exception {
        Socket plain = Raw.connect(l7.traffic());
        ByteBuf header = ProxyHeader.v2(
                new Flow(new InetSocketAddress("10.9.8.7", 4711), new InetSocketAddress("10.0.0.1", 443)));
        plain.getOutputStream().write(header.array(), 0, header.readableBytes());
        try (SSLSocket socket = encrypted(one, plain)) {
            assertThat(exchange(socket, GET)).contains("x-seen-x-forwarded-for: 10.9.8.7\r\n");
        }
        assertThat(witness.only().client()).isEqualTo("10.9.8.7");
    }

    /** The client reads the refusal whole and then a proper end, not a reset. */
    @Test
    void endsItsDirectionAsTlsDoes() throws Exception {
        try (SSLSocket socket = encrypted(one, Raw.connect(l7.traffic()))) {
            assertThat(exchange(socket, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void countsThoseWhoDoNotGetThroughTheHandshake() throws Exception {
        assertThat(Raw.get(l7.traffic(), "/")).doesNotContain("HTTP/1.1");
        Await.until("it is counted", () -> L7BalancerTest.metric(l7, "tierdrill_l7_handshake_failures_total") == 1);
        assertThat(witness.begun()).isZero();
    }

    /** JDK clients keep their session for the host and port they gave. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tellsDearHandshakesFromThoseThatResume(String version) throws Exception {
        SSLSocketFactory client = one.trusting().getSocketFactory();
        for (int i = 0; i < 3; i++) {
            Socket plain = Raw.connect(l7.traffic());
            try (SSLSocket socket = (SSLSocket) client.createSocket(plain, "localhost", 443, true)) {
                socket.setEnabledProtocols(new String[] {version});
                assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 200 OK\r\n");
            }
        }

        assertThat(L7BalancerTest.metric(l7, "tierdrill_signal_tls_handshakes_total"))
                .isEqualTo(3);
        assertThat(L7BalancerTest.metric(l7, "tierdrill_signal_tls_full_handshakes_total"))
                .isEqualTo(1);
        assertThat(L7BalancerTest.metric(l7, "tierdrill_signal_accepted_total")).isEqualTo(3);
    }

    @Test
    void sendsAwayWhoSaysNothing() throws Exception {
        String hasty = one.yaml() + "idleTimeout: 20ms\n";
        try (TierInstance impatient = Stacks.start(TierKind.L7, hasty);
                Socket silent = Raw.connect(impatient.traffic())) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void saysWhatIsWrongWithItsFilesAndWhere() throws Exception {
        String crt = one.certificate().toString();
        String key = one.key().toString();
        refuses(
                "tls:\n  certificate: " + folder + "/none.crt\n  key: " + key + "\n",
                "test.yaml:2:3: tls.certificate: there is no such file: " + folder + "/none.crt",
                "  Give the path of a PEM file, relative to the file of these settings.");
        refuses(
                "tls: {certificate: " + key + ", key: " + key + "}\n",
                "test.yaml:1:7: tls.certificate: " + key + " holds no certificate",
                "  It must hold '-----BEGIN CERTIFICATE-----' and what follows.");
        refuses(
                "tls:\n  certificate: " + crt + "\n  key: " + crt + "\n",
                "test.yaml:3:3: tls.key: " + crt + " holds no private key",
                "  It must hold '-----BEGIN PRIVATE KEY-----' and what follows.");
        refuses(
                "tls:\n  certificate: " + crt + "\n  key: " + other.key() + "\n",
                "test.yaml:3:3: tls.key: " + other.key() + " is not the key of the certificate in " + crt,
                "  Give the key the certificate was made for; the certificate itself must be the first in its file.");
        Path old = Files.writeString(
                folder.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        refuses(
                "tls:\n  certificate: " + crt + "\n  key: " + old + "\n",
                "test.yaml:3:3: tls.key: " + old + " holds an 'RSA PRIVATE KEY', not a plain PKCS #8 key",
                "  Convert it: openssl pkcs8 -topk8 -nocrypt -in old.key -out new.pem");
        refuses("tls:\n  certificate: " + crt + "\n", "test.yaml:2:3: tls.key: is missing", "  Add 'key:' here.");
    }

    private static void refuses(String yaml, String... lines) {
        String whole =
                String.join(System.lineSeparator(), lines) + System.lineSeparator() + "1 problem; nothing was started.";
        assertThatThrownBy(() -> Stacks.start(TierKind.L7, yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessage(whole);
    }

    private static SSLSocket encrypted(TestCertificate trusted, Socket over) throws IOException {
        return (SSLSocket) trusted.trusting().getSocketFactory().createSocket(over, "localhost", 443, true);
    }

    private static String exchange(SSLSocket socket, String text) throws IOException {
        RawServer.say(socket, text);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
