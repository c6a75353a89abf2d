package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay refuses before its first request, in whole messages. */
class BadTargetTest {
    private static final String NOTHING = "1 problem; nothing was started.";
    private static final String TRUST = "  Trust its authority (tls.ca, --tls-ca), ask for the name in its certificate"
            + " (tls.sni, --tls-name), or take any (tls.verify: false, --tls-insecure).";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    @Test
    void aNameThatDoesNotResolve() throws IOException {
        refused(
                replay("--target", "http://no-such-host.invalid:81", "--allow", "no-such-host.invalid"),
                "no-such-host.invalid:81: the name no-such-host.invalid does not resolve: the system knows no address of it",
                "  Correct the name, or start the DNS server that knows it.",
                NOTHING);
    }

    @Test
    void aNameThatTheDnsServerItIsAskedOfDoesNotKnow() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, LOOPBACK)) {
            String server = "127.0.0.1:" + silent.getLocalPort();
            refused(
                    replay("--target", "http://shop.test:81", "--allow", "shop.test", "--dns", server),
                    "shop.test:81: the name shop.test does not resolve: no answer from " + server + " to 3 questions",
                    "  Correct the name, or start the DNS server that knows it.",
                    NOTHING);
        }
    }

    @Test
    void aTargetWhereNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            port = closed.getLocalPort();
        }
        refused(
                replay("--target", "http://127.0.0.1:" + port),
                "127.0.0.1:" + port + ": cannot be reached: connection refused (127.0.0.1:" + port + ")",
                "  Start the target, or correct its address.",
                NOTHING);
    }

    @Test
    void aTargetWhoseCertificateNobodyVouchesForOrIsForAnother() throws Exception {
        SiteCertificate site = SiteCertificate.make(folder);
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(site.serving()));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            refused(
                    replay("--target", "https://localhost:" + port),
                    "localhost:" + port
                            + ": cannot be reached: the TLS handshake failed: unable to find valid certification"
                            + " path to requested target (127.0.0.1:" + port + ")",
                    TRUST,
                    NOTHING);
            refused(
                    replay("--target", "https://127.0.0.1:" + port, "--tls-ca", site.certificate()),
                    "127.0.0.1:" + port + ": cannot be reached: the TLS handshake failed: No subject alternative names"
                            + " matching IP address 127.0.0.1 found (127.0.0.1:" + port + ")",
                    TRUST,
                    NOTHING);
            refused(
                    replay(
                            "--target",
                            "https://127.0.0.1:" + port,
                            "--tls-ca",
                            site.certificate(),
                            "--tls-name",
                            "recorded"),
                    "127.0.0.1:" + port
                            + ": cannot be reached: the TLS handshake failed: No subject alternative DNS name"
                            + " matching shop.test found. (127.0.0.1:" + port + ")",
                    TRUST,
                    NOTHING);
            assertThat(requests).hasValue(0);
            Console good = replay(
                    "--target", "https://127.0.0.1:" + port, "--tls-ca", site.certificate(), "--tls-name", "localhost");
            assertThat(good.status()).as(good.err()).isIn(ExitStatus.GO, ExitStatus.INVALID);
            assertThat(requests).hasValue(5);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aNameForTlsThatIsNoneOrThatAPoolCannotKeep() throws IOException {
        refused(
                replay("--target", "https://127.0.0.1:1", "--tls-name", "a b"),
                "--tls-name: cannot use \"a b\"",
                "  Allowed: the name of a host, or 'recorded' for that of each request.",
                NOTHING);
        refused(
                replay("--target", "https://127.0.0.1:1", "--tls-name", "recorded", "--connections", "pool:3"),
                "--connections: shares connections between hosts, and tls.sni asks for the recorded host of each",
                "  Take another mode than pool, or one name for all.",
                NOTHING);
    }

    /** It answers a greeting of TLS as web servers do: with a page that says it was none of its own. */
    @Test
    void aTargetThatDoesNotSpeakTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, LOOPBACK)) {
            Thread server = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getInputStream().read(new byte[4_096]);
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException over) {
                    // The test is over.
                }
            });
            server.setDaemon(true);
            server.start();
            String address = "127.0.0.1:" + plain.getLocalPort();
            refused(
                    replay("--target", "https://" + address, "--tls-insecure"),
                    address + ": cannot be reached: it does not speak TLS (" + address + ")",
                    "  Write http:// in place of https://, or give the port where it speaks TLS.",
                    NOTHING);
        }
    }

    @Test
    void aTraceWithoutHosts() throws Exception {
        Path log = Files.writeString(folder.resolve("access.log"), """
                192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] "GET /a HTTP/1.1" 200 5
                192.0.2.1 - - [01/Jan/2026:00:00:01 +0000] "GET /b HTTP/1.1" 200 5
                """);
        Path trace = folder.resolve("access.trace");
        assertThat(Console.tierdrill("import", log, "-o", trace)).returns(0, Console::status);
        try (HostileServer server = new HostileServer(0)) {
            refused(
                    Console.tierdrill("replay", trace, "--target", server.url()),
                    trace + ": request 1 names no host, nor does any other",
                    "  Say which it is: '--host NAME', in a scenario 'rewrite: [{host: NAME}]'.",
                    NOTHING);
            assertThat(server.requests()).isZero();

            Console named = Console.tierdrill("replay", trace, "--target", server.url(), "--host", "shop.test");
            assertThat(named.status()).as(named.err()).isIn(ExitStatus.GO, ExitStatus.INVALID);
            assertThat(server.requests()).isEqualTo(2);
            Path again = folder.resolve("again.trace");
            Console.tierdrill("import", log, "-o", again, "--authority", "shop.test");
            assertThat(Console.tierdrill("replay", again, "--dry-run").out()).doesNotContain("refuse");
        }
    }

    @Test
    void aTargetThatNobodyAllowed() throws IOException {
        refused(
                replay("--target", "http://10.1.2.3"),
                "--target: \"10.1.2.3\" is not allowed as a target",
                "  Loopback is always allowed. If this host is yours to load, add '--allow 10.1.2.3'.",
                NOTHING);
    }

    @Test
    void aRateOfZeroAndASpeedOfZero() throws IOException {
        refused(
                replay("--target", "http://127.0.0.1:1", "--rate", "0"),
                "--rate: cannot use \"0.0\"",
                "  Allowed: a rate above 0, such as 300, 300/s or 1200/m.",
                NOTHING);
        refused(
                replay("--target", "http://127.0.0.1:1", "--speed", "0"),
                "--speed: cannot use \"0.0\"",
                "  Allowed: a number from 1.0E-6 to 1000000.",
                NOTHING);
    }

    @Test
    void anAbortRuleThatCannotBeReadWithItsColumn() throws IOException {
        refused(
                replay("--target", "http://127.0.0.1:1", "--abort-on", "errors>1%", "--abort-on", "p99>250 for 10s"),
                "--abort-on: cannot read \"p99>250 for 10s\" at column 5: \"250\" is no limit for p99",
                "  Allowed: a duration with a unit, such as 250ms. A rule is such as 'p99>250ms for 10s'.",
                NOTHING);
        refused(
                Console.tierdrill("rehearse", "--abort-on", "p98>1s", "--out", folder.resolve("run")),
                "--abort-on: cannot read \"p98>1s\" at column 1: \"p98\" is nothing that can be watched",
                "  Allowed: one of p50, p90, p95, p99, p99.9, max, mean, errors, rate, inflight; service., lateness. and held."
                        + " before a quantile look at those instead of the latency. A rule is such as 'p99>250ms for 10s'.",
                NOTHING);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void anAddressForMetricsThatIsNoneOrIsTaken() throws IOException {
        refused(
                replay("--target", "http://127.0.0.1:1", "--metrics", "x:y"),
                "--metrics: cannot use \"x:y\"",
                "  Allowed: HOST:PORT such as 127.0.0.1:9464, or a port of the loopback; port 0 is any free one.",
                NOTHING);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            refused(
                    replay("--target", "http://127.0.0.1:1", "--metrics", address),
                    "metrics: cannot listen on " + address + ": Address already in use",
                    "  Stop whoever uses it, or give another address or port 0 for any free one.",
                    NOTHING);
        }
    }

    private Console replay(Object... options) throws IOException {
        Object[] words = new Object[options.length + 2];
        words[0] = "replay";
        words[1] = Traces.even(folder.resolve(System.nanoTime() + ".trace"), 10, 5);
        System.arraycopy(options, 0, words, 2, options.length);
        return Console.tierdrill(words);
    }

    /** These lines and no others were printed, and nothing to standard output. */
    private static void refused(Console console, String... lines) {
        assertThat(console.err().strip().lines()).containsExactly(lines);
        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.out()).isEmpty();
    }
}
