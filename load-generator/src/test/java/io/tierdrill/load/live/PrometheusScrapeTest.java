package io.tierdrill.load.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads the page and answers a question that only native histograms can answer. */
@Timeout(90)
class PrometheusScrapeTest {
    private static final long PATIENCE = 60_000_000_000L;
    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]+)\"]");

    @TempDir
    Path folder;

    @Test
    void storesNativeHistogramsAndTellsAPercentileOfThem() throws Exception {
        Path prometheus = Tool.require("prometheus");
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Live live = Live.open(new LiveConfig(List.of(), Optional.of(any)))) {
            Seconds seconds = new Seconds();
            live.over(seconds.of(990, 0, 8));
            live.over(seconds.of(11, 0, 80));
            int port = freePort();
            Process server = start(prometheus, live.address().orElseThrow().getPort(), port);
            try {
                // No series of that name has classic buckets: this one is native or there is none.
                assertThat(await(port, "histogram_count(tierdrill_injector_latency_seconds)"))
                        .isEqualTo(1_001);
                assertThat(await(port, "histogram_quantile(0.5, tierdrill_injector_latency_seconds)"))
                        .isBetween(0.0078, 0.0082);
                assertThat(await(port, "histogram_quantile(0.995, tierdrill_injector_latency_seconds)"))
                        .isBetween(0.078, 0.082);
                assertThat(await(port, "tierdrill_injector_requests_total{outcome=\"ok\"}"))
                        .isEqualTo(1_001);
            } finally {
                server.destroy();
                if (!server.waitFor(10, TimeUnit.SECONDS)) server.destroyForcibly();
            }
        }
    }

    private Process start(Path prometheus, int target, int port) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: injector
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(target));
        return new ProcessBuilder(
                        prometheus.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=native-histograms")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** The answer to a question, asked again until there is one. */
    private double await(int port, String question) throws Exception {
        long begin = System.nanoTime();
        String said = "";
        while (System.nanoTime() - begin < PATIENCE) {
            said = ask(port, question);
            Matcher value = VALUE.matcher(said);
            if (value.find()) return Double.parseDouble(value.group(1));
            LockSupport.parkNanos(200_000_000);
        }
        throw new AssertionError(said + "\n" + Files.readString(folder.resolve("log")));
    }

    private static String ask(int port, String question) throws InterruptedException {
        String query = URLEncoder.encode(question, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + query));
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
