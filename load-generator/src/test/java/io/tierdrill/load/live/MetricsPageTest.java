package io.tierdrill.load.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.generated.Metrics;
import io.tierdrill.model.config.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running injector shows, read from its own port in the forms that Prometheus asks for. */
@Timeout(60)
class MetricsPageTest {
    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path folder;

    private final Seconds seconds = new Seconds();
    private Live live;

    @BeforeEach
    void open() throws BadInputException {
        live = Live.open(new LiveConfig(List.of(), Optional.of(ANY)));
        live.watch(new Live.Run() {
            @Override
            public Standing standing() {
                return new Standing(2_000_000_000, 60_000_000_000L, 2_100, 2_000, 950);
            }

            @Override
            public void abort(String rule, String found) {
                throw new IllegalStateException(rule);
            }
        });
        live.over(seconds.of(1_000, 10, 8));
        live.over(seconds.of(1_000, 0, 80, 1_100));
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void showsCountersAndGauges() throws Exception {
        assertThat(text())
                .contains("tierdrill_injector_requests_total{outcome=\"ok\"} 1990.0")
                .contains("tierdrill_injector_requests_total{outcome=\"timeout\"} 10.0")
                .contains("tierdrill_injector_errors_total{kind=\"timeout\"} 10.0")
                .contains("tierdrill_injector_errors_total{kind=\"connect-refused\"} 0.0")
                .contains("tierdrill_injector_response_bytes_total 20000.0")
                .contains("tierdrill_injector_connections_opened_total 3.0")
                .contains("tierdrill_injector_sent_total 2100.0")
                .contains("tierdrill_injector_done_total 2000.0")
                .contains("tierdrill_injector_in_flight 100.0")
                .contains("tierdrill_injector_asked_per_second 1100.0")
                .contains("tierdrill_injector_achieved_per_second 950.0")
                .contains("tierdrill_injector_schedule_position_seconds 2.0")
                .contains("tierdrill_injector_elapsed_seconds 2.0")
                .contains("tierdrill_injector_planned_seconds 60.0");
    }

    @Test
    void showsClassicBucketsToReadersOfText() throws Exception {
        assertThat(text())
                .contains("tierdrill_injector_latency_seconds_bucket{le=\"0.005\"} 0")
                .contains("tierdrill_injector_latency_seconds_bucket{le=\"0.01\"} 1000")
                .contains("tierdrill_injector_latency_seconds_bucket{le=\"0.1\"} 2000")
                .contains("tierdrill_injector_latency_seconds_bucket{le=\"+Inf\"} 2000")
                .contains("tierdrill_injector_latency_seconds_count 2000");
    }

    @Test
    void sendsNativeHistogramsToReadersOfProtobuf() throws Exception {
        Map<String, Metrics.MetricFamily> families = new LinkedHashMap<>();
        var in = new ByteArrayInputStream(get(PROTOBUF).body());
        for (Metrics.MetricFamily f = Metrics.MetricFamily.parseDelimitedFrom(in);
                f != null;
                f = Metrics.MetricFamily.parseDelimitedFrom(in)) families.put(f.getName(), f);
        for (String name : List.of("latency", "service")) {
            var histogram = families.get("tierdrill_injector_" + name + "_seconds")
                    .getMetric(0)
                    .getHistogram();
            assertThat(histogram.getSchema()).isEqualTo(5);
            assertThat(histogram.getSampleCount()).isEqualTo(2_000);
            assertThat(histogram.getSampleSum()).isBetween(87.9, 88.1);
            // Two buckets, told as distance to the one before: 8 ms and 80 ms are 3.32 octaves of 32 buckets apart.
            assertThat(histogram.getPositiveSpanList()).hasSize(2);
            assertThat(histogram.getPositiveSpan(0).getOffset()).isEqualTo(NativeBuckets.index(0.008));
            assertThat(histogram.getPositiveSpan(1).getOffset())
                    .isEqualTo(NativeBuckets.index(0.08) - NativeBuckets.index(0.008) - 1);
            assertThat(histogram.getPositiveDeltaList()).containsExactly(1_000L, 0L);
            assertThat(histogram.getBucketCount()).as("classic buckets beside").isEqualTo(20);
        }
        assertThat(families).containsKeys("tierdrill_injector_lateness_seconds", "tierdrill_injector_held_seconds");
    }

    @Test
    void putsAValueIntoTheBucketWhoseBoundIsJustAboveIt() {
        assertThat(NativeBuckets.index(1)).isZero();
        assertThat(NativeBuckets.index(1.0001)).isEqualTo(1);
        assertThat(NativeBuckets.index(2)).isEqualTo(32);
        assertThat(NativeBuckets.index(0.5)).isEqualTo(-32);
        assertThat(NativeBuckets.index(0.5001)).isEqualTo(-31);
    }

    @Test
    void saysThatItLives() throws Exception {
        HttpResponse<byte[]> health =
                HttpClient.newHttpClient().send(request("/healthz").build(), BodyHandlers.ofByteArray());
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(live.address().orElseThrow().getAddress().isLoopbackAddress())
                .isTrue();
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var address = new InetSocketAddress("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> Live.open(new LiveConfig(List.of(), Optional.of(address))))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(String.join(
                            System.lineSeparator(),
                            "metrics: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use",
                            "  Stop whoever uses it, or give another address or port 0 for any free one.",
                            "1 problem; nothing was started."));
        }
    }

    @Test
    void promtoolFindsNothingToComplainOf() throws Exception {
        Path page = Files.writeString(folder.resolve("page"), text());
        Path said = folder.resolve("said");
        Process promtool = new ProcessBuilder(Tool.require("promtool").toString(), "check", "metrics")
                .redirectInput(page.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    private String text() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get("text/plain");
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String accept) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request("/metrics").header("Accept", accept).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + live.address().orElseThrow().getPort() + path));
    }
}
