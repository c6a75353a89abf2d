package io.tierdrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.Balancers;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.load.Injector;
import io.tierdrill.load.LoadConfig;
import io.tierdrill.load.Schedule;
import io.tierdrill.load.Schedules;
import io.tierdrill.load.Target;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trace through our own L7, in everything it speaks. */
@Timeout(60)
class OwnL7Test {
    @TempDir
    Path folder;

    private final List<RequestSample> samples = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) each.close();
    }

    private static ConfigNode node(Map<String, Object> settings) throws Exception {
        Problems problems = new Problems();
        ConfigNode node = ConfigFile.parse("s.yaml", ConfigFile.write(settings), problems);
        problems.throwIfAny();
        return node;
    }

    /** Its address, with a service behind it that answers everything and agrees to every WebSocket. */
    private int l7(boolean secure) throws Exception {
        ServerSocket service = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        open.add(service);
        daemon(() -> {
            while (true) {
                Socket socket = service.accept();
                daemon(() -> serve(socket));
            }
        });
        Map<String, Object> settings = new java.util.LinkedHashMap<>();
        settings.put("healthCheck", Map.of("enabled", false));
        if (secure) settings.put("tls", certificate());
        TierInstance l7 = Balancers.start(
                TierKind.L7,
                new InstanceId("l7", 1),
                new InetSocketAddress("127.0.0.1", 0),
                node(settings),
                new Seeds(1),
                NanoClock.system());
        open.add(l7);
        l7.wire(List.of(new InetSocketAddress("127.0.0.1", service.getLocalPort())));
        return l7.traffic().getPort();
    }

    private static void serve(Socket socket) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            for (int b = in.read(); b >= 0; b = in.read()) {
                head.append((char) b);
                if (!head.toString().endsWith("\r\n\r\n")) continue;
                String answer =
                        head.toString().toLowerCase(java.util.Locale.ROOT).contains("upgrade: websocket")
                                ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
                                : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                head.setLength(0);
            }
        }
    }

    private interface Service {
        void run() throws IOException;
    }

    private static void daemon(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.run();
            } catch (IOException over) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private Map<String, Object> certificate() throws Exception {
        Optional<String> openssl = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(p -> Path.of(p, "openssl"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        Assumptions.assumeTrue(openssl.isPresent(), "no openssl (Debian: apt-get install openssl)");
        Process made = new ProcessBuilder(
                        openssl.get(),
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=shop.example",
                        "-addext",
                        "subjectAltName=DNS:shop.example,IP:127.0.0.1",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.out").toFile())
                .start();
        assertThat(made.waitFor(20, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();
        return Map.of(
                "certificate", folder.resolve("cert.pem").toString(),
                "key", folder.resolve("key.pem").toString());
    }

    /** Ten users, each asking five times; recorded to have taken 1 ms. */
    private Path trace(List<Header> headers) throws Exception {
        Path trace = folder.resolve("t.trace");
        try (TraceWriter writer = TraceWriter.create(trace, new TraceHeader(Instant.EPOCH, "a test", Map.of()))) {
            for (int i = 0; i < 50; i++) {
                String user = "user" + i % 10;
                writer.write(new RequestRecord(
                        i * 4_000_000L,
                        "client" + i % 10,
                        "",
                        user,
                        "https",
                        "GET",
                        "shop.example",
                        "/" + i,
                        headers,
                        Body.none(),
                        Optional.of(new RequestRecord.Response(200, Optional.empty(), Optional.of(1_000_000L)))));
            }
        }
        return trace;
    }

    private Injection run(int port, boolean secure, List<Header> headers, String... settings) throws Exception {
        Map<String, Object> load = new java.util.LinkedHashMap<>();
        load.put("trace", trace(headers).toString());
        for (int i = 0; i < settings.length; i += 2) load.put(settings[i], settings[i + 1]);
        if (secure) load.put("tls", Map.of("ca", folder.resolve("cert.pem").toString(), "sni", "shop.example"));
        LoadConfig config = LoadConfig.from(node(load), folder);
        NanoClock system = NanoClock.system();
        try (Schedule schedule = Schedules.of(config, Duration.ofMinutes(1), new Seeds(1))) {
            return new Injector(config.injector(), system.since(system.nanos() + 200_000_000), samples::add)
                    .run(schedule, new Target("127.0.0.1", port, Optional.empty(), secure), 0, Optional.empty());
        }
    }

    @ParameterizedTest
    @CsvSource({"false,http1", "false,http2", "true,http1", "true,http2"})
    void isAnsweredInEverythingItSpeaks(boolean secure, String protocol) throws Exception {
        Injection injection = run(l7(secure), secure, List.of(), "protocol", protocol);

        assertThat(samples).hasSize(50).extracting(RequestSample::outcome).containsOnly(Outcome.OK);
        assertThat(samples).allSatisfy(s -> assertThat(s.responseBytes()).isEqualTo(2));
        assertThat(samples)
                .as("what the tiers say is heard")
                .allSatisfy(s -> assertThat(s.stages()).containsKey("l7"));
        if (protocol.equals("http2"))
            assertThat(injection.generator().connectionsOpened()).isEqualTo(10);
        if (secure) assertThat(injection.connections()).containsKey("tlsHandshakes");
        else assertThat(injection.connections()).isEmpty();
    }

    @Test
    void opensWebSocketsThroughIt() throws Exception {
        List<Header> asked = List.of(new Header("Upgrade", "websocket"), new Header("Connection", "Upgrade"));

        Injection injection = run(l7(true), true, asked);

        assertThat(samples).hasSize(50).extracting(RequestSample::status).containsOnly(101);
        assertThat(injection.connections()).containsEntry("webSockets", 50L);
        assertThat(injection.errors()).isEmpty();
    }
}
