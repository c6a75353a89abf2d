package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, ended by the signal that Ctrl-C is. */
@Timeout(120)
class RecordTest {
    private static final Pattern LISTENS = Pattern.compile("\\w+ listens on (\\S+), metrics on (\\S+)");

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void mirrorsUntilItIsStoppedAndThenTellsWhatItRecorded() throws Exception {
        try (Recorder recorder = Recorder.start("mirror", "--listen", "0", "-o", folder.resolve("out"))) {
            for (int i = 0; i < 20; i++)
                assertThat(get(recorder.traffic, "/" + i)).isEqualTo(204);
            awaitMetric(recorder, "tierdrill_record_requests_total 20");
            assertThat(page(recorder.metrics)).contains("tierdrill_mirror_copies_total 20");
            assertThat(Exposition.check(page(recorder.metrics)))
                    .contains("tierdrill_record_dropped_total", "tierdrill_mirror_copies_total");
            List<String> said = recorder.stop();

            assertThat(said)
                    .contains("took 20 copies", "saw 20 requests = recorded 20 + dropped 0")
                    .last()
                    .isEqualTo("wrote to " + folder.resolve("out"));
        }
        Path trace = onlyTrace();
        assertThat(trace.getFileName().toString()).matches("mirror-\\d{8}T\\d{6}Z-0001\\.trace");
        assertThat(read(trace)).extracting(RequestRecord::path).hasSize(20).startsWith("/0", "/1");
    }

    @Test
    void tapsAServiceUntilItIsStopped() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, 3);
            exchange.getResponseBody().write("yes".getBytes());
            exchange.close();
        });
        service.start();
        String upstream = "127.0.0.1:" + service.getAddress().getPort();
        Path trace = folder.resolve("one.trace");
        try (Recorder recorder = Recorder.start(
                "tap", "--listen", "0", "--upstream", upstream, "-o", trace, "--json", "--no-redaction")) {
            for (int i = 0; i < 20; i++)
                assertThat(post(recorder.traffic, "/" + i, "body " + i)).isEqualTo(201);
            awaitMetric(recorder, "tierdrill_record_requests_total 20");
            assertThat(Exposition.check(page(recorder.metrics)))
                    .contains("tierdrill_record_dropped_total", "tierdrill_tier_arrivals_total");

            assertThat(String.join("\n", recorder.stop())).contains("\"recorded\" : 20", "\"dropped\" : { }");
        } finally {
            service.stop(0);
        }
        List<RequestRecord> records = read(trace);
        assertThat(records).hasSize(20);
        assertThat(records.get(7).path()).isEqualTo("/7");
        assertThat(new String(records.get(7).body().bytes())).isEqualTo("body 7");
        assertThat(records).allMatch(r -> r.response().orElseThrow().status() == 201);
        assertThat(records)
                .allMatch(r -> r.response().orElseThrow().latencyNanos().orElseThrow() > 0);
    }

    @Test
    void aTapChangesNoByteOnTheWayAndAsksNothingOfItsOwn() throws Exception {
        String request = "POST /a?b=c HTTP/1.1\r\nhost: shop.example\r\nX-One: 1\r\nX-Forwarded-For: 10.1.2.3\r\n"
                + "Cookie: a=1\r\nContent-Length: 4\r\n\r\nbody";
        String response = "HTTP/1.1 200 Fine\r\nServer: s\r\nx-two: 2\r\nContent-Length: 3\r\n\r\nyes";
        try (ServerSocket service = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Recorder recorder = Recorder.start(
                        "tap", "--listen", "0", "--upstream", service.getLocalPort(), "-o", folder.resolve("out"));
                Socket client = new Socket("127.0.0.1", port(recorder.traffic))) {
            client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            // The first to come is our request, and not somebody asking for health.
            try (Socket upstream = service.accept()) {
                assertThat(read(upstream, request.length())).isEqualTo(request);
                upstream.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(read(client, response.length())).isEqualTo(response);
                client.shutdownOutput();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(upstream.getInputStream().available()).isZero();
            }
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    @Test
    void tapsHttpsWithHttp1AndHttp2AndForwardsItInClear() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("yes".getBytes());
            exchange.close();
        });
        service.start();
        SiteCertificate site = SiteCertificate.make(folder);
        Path trace = folder.resolve("tls.trace");
        try (Recorder recorder = Recorder.start(
                "tap",
                "--listen",
                "0",
                "--tls-certificate",
                site.certificate(),
                "--tls-key",
                site.key(),
                "--upstream",
                "127.0.0.1:" + service.getAddress().getPort(),
                "-o",
                trace,
                "--no-redaction")) {
            assertThat(https(site, recorder.traffic, HttpClient.Version.HTTP_1_1))
                    .isEqualTo("yes over HTTP_1_1");
            assertThat(https(site, recorder.traffic, HttpClient.Version.HTTP_2)).isEqualTo("yes over HTTP_2");
            awaitMetric(recorder, "tierdrill_record_requests_total 2");

            assertThat(recorder.stop()).contains("saw 2 requests = recorded 2 + dropped 0");
        } finally {
            service.stop(0);
        }
        assertThat(read(trace))
                .hasSize(2)
                .allMatch(r -> r.scheme().equals("https") && r.path().equals("/in?secret=1"))
                .allMatch(r -> r.response().orElseThrow().status() == 200);
    }

    private static String https(SiteCertificate site, String address, HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(site.trusting())
                .build();
        URI uri = URI.create("https://localhost:" + port(address) + "/in?secret=1");
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return response.body() + " over " + response.version();
    }

    @Test
    void capturesUntilItIsStoppedWithTheSameAccountAndMetrics() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        service.start();
        String address = "127.0.0.1:" + service.getAddress().getPort();
        String port = Integer.toString(service.getAddress().getPort());
        try (Recorder recorder = capture(
                "--interface", "lo", "--port", port, "-o", folder.resolve("out"), "--client-addresses", "pseudonym")) {
            for (int i = 0; i < 20; i++) assertThat(get(address, "/" + i)).isEqualTo(204);
            awaitMetric(recorder, "tierdrill_record_requests_total 20");
            assertThat(Exposition.check(page(recorder.metrics)))
                    .contains("tierdrill_record_dropped_total", "tierdrill_capture_packets_total");

            assertThat(recorder.stop())
                    .contains("read 20 requests = imported 20 + rejected 0")
                    .contains("saw 20 requests = recorded 20 + dropped 0", "masked 20 client, 20 connection")
                    .last()
                    .isEqualTo("wrote to " + folder.resolve("out"));
        } finally {
            service.stop(0);
        }
        Path trace = onlyTrace();
        assertThat(trace.getFileName().toString()).matches("capture-\\d{8}T\\d{6}Z-0001\\.trace");
        assertThat(read(trace)).hasSize(20);
    }

    /** Skips the test where there is no tcpdump that may capture. */
    private static Recorder capture(Object... args) throws IOException {
        try {
            return Recorder.start(
                    Stream.concat(Stream.of("capture"), Stream.of(args)).toArray());
        } catch (IOException ended) {
            Assumptions.assumeFalse(ended.getMessage().contains("tcpdump"), ended.getMessage());
            throw ended;
        }
    }

    @Test
    void endsByItselfAfterTheTimeGiven() {
        Console run = Console.tierdrill("record", "mirror", "--listen", "0", "--duration", "200ms", "-o", folder);

        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "took 0 copies",
                        "saw 0 requests = recorded 0 + dropped 0",
                        "0 files, 0 bytes",
                        "no request came");
    }

    @Test
    void saysWhatIsWrongBeforeItStarts() throws IOException {
        refused(
                "Invalid value for option '--listen': cannot use \"here\". "
                        + "Allowed: an address and a port, such as 127.0.3.1:8080, or a port of the loopback.",
                "mirror",
                "--listen",
                "here",
                "-o",
                folder);
        refused(
                "Invalid value for option '--quota': cannot use \"much\". Allowed: a size such as 512, 4KiB, 1MiB or 1GiB.",
                "mirror",
                "--listen",
                "0",
                "--quota",
                "much",
                "-o",
                folder);
        refused(
                "--rotate-size, --rotate-every, --delete-oldest and --name are for a folder of traces; x.trace is one trace.",
                "mirror",
                "--listen",
                "0",
                "--rotate-size",
                "1MiB",
                "-o",
                "x.trace");
        refused(
                "--tls-certificate and --tls-key: give both or none.",
                "tap",
                "--listen",
                "0",
                "--upstream",
                "1",
                "--tls-key",
                "k",
                "-o",
                folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            String message = address + ": cannot listen here: Address already in use";
            refused(message, "tap", "--listen", "0", "--upstream", "1", "--metrics", address, "-o", folder);
            refused(message, "mirror", "--listen", "0", "--metrics", address, "-o", folder);
        }
        refused(
                "--window: cannot use \"10ms\". Allowed: from 300ms to 1m.",
                "mirror",
                "--listen",
                "0",
                "--window",
                "10ms",
                "-o",
                folder);
    }

    private static void refused(String message, Object... args) {
        Object[] all = Stream.concat(Stream.of("record"), Stream.of(args)).toArray();
        Console run = Console.tierdrill(all);
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err().lines()).first().isEqualTo(message);
    }

    private int get(String address, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + address + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int post(String address, String path, String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + address + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String page(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private void awaitMetric(Recorder recorder, String line) throws IOException, InterruptedException {
        NanoClock clock = NanoClock.system();
        long deadline = clock.nanos() + Duration.ofSeconds(30).toNanos();
        while (!page(recorder.metrics).contains(line + "\n"))
            assertThat(clock.nanos()).as("no " + line).isLessThan(deadline);
    }

    private Path onlyTrace() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".trace")).toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static List<RequestRecord> read(Path trace) throws Exception {
        List<RequestRecord> records = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.footer().orElseThrow().closed()).isTrue();
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    /** {@code tierdrill record ...} in a JVM of its own. */
    private static final class Recorder implements AutoCloseable {
        private final Process process;
        private final String traffic;
        private final String metrics;

        private Recorder(Process process, String traffic, String metrics) {
            this.process = process;
            this.traffic = traffic;
            this.metrics = metrics;
        }

        static Recorder start(Object... args) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "record"));
            for (Object arg : args) command.add(arg.toString());
            Process process = new ProcessBuilder(command).start();
            StringBuilder said = new StringBuilder();
            BufferedReader err = process.errorReader();
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                Matcher listens = LISTENS.matcher(line);
                if (listens.matches()) return new Recorder(process, listens.group(1), listens.group(2));
                said.append(line).append('\n');
            }
            throw new IOException("it ended: " + said);
        }

        /** SIGTERM, then everything it says. */
        List<String> stop() throws IOException, InterruptedException {
            // By its handle: the process itself would also close what we want to read.
            process.toHandle().destroy();
            List<String> lines = process.inputReader().lines().toList();
            process.waitFor();
            return lines;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
