package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.redact.RedactionConfig;
import io.tierdrill.recorder.template.TemplateFormat;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real nginx and a real HAProxy write about requests that were really sent. */
@Timeout(60)
class RealEnginesTest {
    private static final List<String> PATHS = List.of("/a?x=1", "/b%20c", "/q%22uote");
    private static final String FORMAT = "log_format mine '$remote_addr $remote_port [$time_local] $msec \"$request\" '"
            + " '$status $body_bytes_sent $request_time \"$http_user_agent\" \"$http_referer\" $host:$server_port';";
    private static final String JSON =
            "log_format js escape=json '{\"time_iso8601\":\"$time_iso8601\",\"msec\":\"$msec\","
                    + "\"remote_addr\":\"$remote_addr\",\"request_method\":\"$request_method\",\"request_uri\":\"$request_uri\","
                    + "\"status\":\"$status\",\"request_time\":\"$request_time\",\"http_user_agent\":\"$http_user_agent\"}';";

    @TempDir
    private Path folder;

    @Test
    void nginxInThreeFormats() throws Exception {
        needs("nginx");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; master_process off; pid %1$s/pid; error_log %1$s/error.log;
                events { }
                http {
                  client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                  uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                  %2$s
                  %3$s
                  access_log %1$s/combined.log; access_log %1$s/mine.log mine; access_log %1$s/js.log js;
                  server { listen 127.0.0.1:%4$d; return 200 "hello"; }
                }
                """.formatted(folder, FORMAT, JSON, port));
        List<Sent> sent = served(port, "js.log", "nginx", "-p", folder.toString(), "-c", config.toString());

        check(
                ImportedLog.of(
                        List.of(folder.resolve("combined.log")),
                        folder,
                        ImportOptions.defaults()
                                .withRedaction(RedactionConfig.defaults().off())),
                "combined",
                sent);
        check(
                ImportedLog.of(
                        List.of(folder.resolve("js.log")),
                        folder,
                        ImportOptions.defaults()
                                .withRedaction(RedactionConfig.defaults().off())),
                "json-nginx",
                sent);
        ImportedLog mine = ImportedLog.of(
                List.of(folder.resolve("mine.log")),
                folder,
                ImportOptions.defaults()
                        .withRedaction(RedactionConfig.defaults().off())
                        .withFormat(TemplateFormat.of(FORMAT)));
        check(mine, "log-format (nginx)", sent);
        assertThat(mine.resolution()).isEqualTo("1 ms");
        for (int i = 0; i < sent.size(); i++) {
            RequestRecord request = mine.requests().get(i);
            assertThat(request.authority()).isEqualTo("127.0.0.1:" + port);
            assertThat(request.connection())
                    .isEqualTo("127.0.0.1:" + sent.get(i).port());
            assertThat(request.response().orElseThrow().bytes()).contains(5L);
            assertThat(request.response().orElseThrow().latencyNanos()).isPresent();
        }
    }

    @Test
    void haproxyWithItsTimers() throws Exception {
        needs("haproxy");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                  nbthread 1
                  log stdout format raw local0
                defaults
                  mode http
                  log global
                  option httplog
                  timeout client 10s
                  timeout connect 10s
                  timeout server 10s
                frontend web
                  bind 127.0.0.1:%d
                  http-request return status 200 content-type text/plain string hello
                """.formatted(port));
        List<Sent> sent = served(port, "out", "haproxy", "-db", "-f", config.toString());
        List<String> lines = Files.readAllLines(folder.resolve("out")).stream()
                .filter(l -> l.contains(" web "))
                .toList();
        Path log = Files.write(folder.resolve("haproxy.log"), lines);
        ImportedLog imported = ImportedLog.of(
                List.of(log),
                folder,
                ImportOptions.defaults()
                        .withRedaction(RedactionConfig.defaults().off()));

        check(imported, "haproxy", sent);
        // It tells milliseconds of a clock that it reads now and then: neighbours may change places.
        assertThat(imported.requests())
                .extracting(r -> r.path() + " " + r.connection())
                .containsExactlyInAnyOrderElementsOf(sent.stream()
                        .map(s -> s.path() + " 127.0.0.1:" + s.port())
                        .toList());
        for (RequestRecord request : imported.requests()) {
            assertThat(request.response().orElseThrow().latencyNanos()).isPresent();
        }
    }

    /** One request on a connection of its own. */
    private record Sent(String path, int port) {}

    private static void check(ImportedLog log, String format, List<Sent> sent) {
        assertThat(log.format()).isEqualTo(format);
        assertThat(log.account().imported()).isEqualTo(sent.size());
        assertThat(log.requests()).extracting(RequestRecord::client).containsOnly("127.0.0.1");
        assertThat(log.requests()).extracting(RequestRecord::method).containsOnly("GET");
        assertThat(log.requests())
                .extracting(r -> r.response().orElseThrow().status())
                .containsOnly(200);
        assertThat(log.requests())
                .extracting(RequestRecord::path)
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(Sent::path).toList());
        assertThat(log.start()).isAfter(Instant.EPOCH.plus(Duration.ofDays(365 * 50)));
    }

    /** Starts the engine, sends the requests, and stops the engine. */
    private List<Sent> served(int port, String log, String... command) throws Exception {
        Process engine = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            List<Sent> sent = new ArrayList<>();
            for (String path : PATHS) {
                try (Socket socket = connected(engine, port)) {
                    OutputStream out = socket.getOutputStream();
                    out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: real \"one\"\r\n"
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("hello");
                    sent.add(new Sent(path, socket.getLocalPort()));
                }
            }
            // Engines log a request after its answer has left.
            while (logged(folder.resolve(log)) < sent.size()) Thread.onSpinWait();
            return sent;
        } finally {
            engine.destroy();
            if (!engine.waitFor(10, TimeUnit.SECONDS)) engine.destroyForcibly().waitFor();
        }
    }

    private static long logged(Path log) throws IOException {
        return Files.readAllLines(log).stream().filter(l -> l.contains("GET")).count();
    }

    /** Until the engine listens or has ended; the test's own limit is the deadline. */
    private Socket connected(Process engine, int port) throws IOException {
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException notYet) {
                assertThat(engine.isAlive())
                        .as(() -> "the engine ended: " + text(folder.resolve("out")))
                        .isTrue();
                Thread.onSpinWait();
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            return missing.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    /** Skipped where the program is missing; in CI that is a failure. */
    private static void needs(String program) {
        boolean there = Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(p -> Files.isExecutable(Path.of(p, program)));
        String missing = "no " + program + " (Debian: apt-get install " + program + ")";
        if ("true".equals(System.getenv("CI"))) assertThat(there).as(missing).isTrue();
        Assumptions.assumeTrue(there, missing);
    }
}
