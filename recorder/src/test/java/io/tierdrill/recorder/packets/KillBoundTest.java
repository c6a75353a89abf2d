package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tierdrill.model.trace.RequestRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a kill costs in quiet traffic: at most the last second, also while a slow answer is waited for. */
@Timeout(120)
class KillBoundTest {
    private static final int TRIES = 3;
    private static final Duration BOUND = Duration.ofSeconds(1);
    /** Of quiet traffic: the bound is one of time. */
    private static final Duration GAP = Duration.ofMillis(150);

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** One of three may lose more: on a busy machine nobody may get the processor for a second. */
    @Test
    void losesAtMostTheLastSecondOfQuietTrafficWhileALongPollIsOpen() throws Exception {
        CaptureRecordingTest.needsCapture(folder);
        List<Duration> lost = new ArrayList<>();
        for (int i = 0; i < TRIES; i++)
            lost.add(Duration.ofNanos(lostByKill(folder.resolve(i + ".trace"), 10 + 2 * i)));
        assertThat(lost.stream().sorted().toList().get(1))
                .as("lost by a kill: %s", lost)
                .isLessThan(BOUND);
    }

    /** From the first request that is missing to the kill. */
    private long lostByKill(Path trace, int requests) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/poll")) awaitQuietly(over);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        Process child = KilledCaptureTest.start(server.getAddress().getPort(), trace);
        try {
            get(url + "/warm");
            KilledCaptureTest.await(() -> KilledCaptureTest.recorded(trace).size() == 1);
            client.sendAsync(request(url + "/poll"), HttpResponse.BodyHandlers.discarding());
            long[] sent = new long[requests];
            for (int i = 0; i < sent.length; i++) {
                sent[i] = System.nanoTime();
                get(url + "/" + i);
                long next = sent[i] + GAP.toNanos();
                KilledCaptureTest.await(() -> System.nanoTime() >= next);
            }
            child.destroyForcibly().waitFor();
            long killed = System.nanoTime();
            List<String> kept = KilledCaptureTest.recorded(trace).stream()
                    .map(RequestRecord::path)
                    .toList();
            for (int i = 0; i < sent.length; i++) if (!kept.contains("/" + i)) return killed - sent[i];
            return 0;
        } finally {
            over.countDown();
            child.destroyForcibly().waitFor();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void get(String url) throws Exception {
        client.send(request(url), HttpResponse.BodyHandlers.discarding());
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).build();
    }
}
