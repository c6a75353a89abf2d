package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kill of the recording process, which no code of ours sees coming. */
@Timeout(60)
class KilledCaptureTest {
    private static final int REQUESTS = 50;
    private static final Duration LOOK = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    @Test
    void keepsWhatCameAndLeavesNoTcpdumpBehind() throws Exception {
        CaptureRecordingTest.needsCapture(folder);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Path trace = folder.resolve("live.trace");
        Process child = start(server.getAddress().getPort(), trace);
        try {
            List<ProcessHandle> tcpdump = child.children().toList();
            assertThat(tcpdump).isNotEmpty();
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < REQUESTS; i++) get(client, server, "/" + i);
            // No packet comes any more, and still all of them reach the file.
            await(() -> recorded(trace).size() == REQUESTS);
            get(client, server, "/in-the-last-second");
            child.destroyForcibly().waitFor();

            assertThat(recorded(trace).size()).isBetween(REQUESTS, REQUESTS + 1);
            await(() -> tcpdump.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            child.destroyForcibly().waitFor();
            server.stop(0);
        }
    }

    static Process start(int port, Path trace) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordingChild.class.getName(),
                        Integer.toString(port),
                        trace.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader words =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        assertThat(words.readLine()).isEqualTo("READY");
        return child;
    }

    private static void get(HttpClient client, HttpServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
    }

    /** The file as it stands; whole up to its last block. */
    static List<RequestRecord> recorded(Path trace) {
        List<RequestRecord> requests = new ArrayList<>();
        if (!Files.exists(trace)) return requests;
        try (TraceReader reader = TraceReader.open(trace)) {
            while (reader.hasNext()) requests.add(reader.next());
            return requests;
        } catch (Exception notYet) {
            return List.of();
        }
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("nothing came in 40 seconds").isLessThan(deadline);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
