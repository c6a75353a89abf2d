package io.tierdrill.recorder.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveMetricsTest {
    private static final LiveAccount ACCOUNT = new LiveAccount(
            110,
            100,
            Map.of("disk", 7L, "buffer-full", 2L),
            1,
            5,
            0,
            3,
            Map.of("cookie", 9L),
            2,
            12_345,
            678,
            1_000,
            List.of("at noon the wall clock was set by +5.0 s; times in the trace go on from before"),
            new MessageAccount(70, 60, Map.of("buffer-full", 8L), 2, 1),
            "No space left on device");

    @Test
    void tellsPrometheusOfEveryReasonAlsoOfThoseThatDidNotHappen() {
        assertThat(LiveMetrics.text(ACCOUNT).lines())
                .contains(
                        "tierdrill_record_begun_total 110",
                        "tierdrill_record_requests_total 100",
                        "tierdrill_record_dropped_total{reason=\"buffer-full\"} 2",
                        "tierdrill_record_dropped_total{reason=\"disk\"} 7",
                        "tierdrill_record_dropped_total{reason=\"quota\"} 0",
                        "tierdrill_record_masked_total{kind=\"cookie\"} 9",
                        "tierdrill_record_bytes_total 12345",
                        "tierdrill_record_messages_seen_total 70",
                        "tierdrill_record_messages_total 60",
                        "tierdrill_record_messages_dropped_total{reason=\"buffer-full\"} 8",
                        "tierdrill_record_messages_dropped_total{reason=\"old-format\"} 0",
                        "tierdrill_record_messages_unreadable_total 1",
                        "tierdrill_record_buffer_bytes 678",
                        "tierdrill_record_failing 1")
                .allMatch(line -> line.startsWith("# HELP tierdrill_record_")
                        || line.startsWith("# TYPE tierdrill_record_")
                        || line.matches("tierdrill_record_[a-z_]+(\\{[a-z]+=\"[a-z-]+\"})? \\d+"));
    }

    @Test
    void tellsPeopleWhatWasLostAndWhy() {
        assertThat(LiveText.of(ACCOUNT).lines())
                .containsExactly(
                        "saw 110 requests = recorded 100 + dropped 9 + 1 in memory",
                        "  2 buffer-full: came while the buffer was full, because the disk was too slow for so much"
                                + " traffic",
                        "  7 disk: came while the disk failed",
                        "saw 70 messages on WebSockets = recorded 60 + dropped 8 + 2 in memory",
                        "  8 buffer-full: came while the buffer was full, because the disk was too slow for so much"
                                + " traffic",
                        "1 sides of WebSockets sent what is no WebSocket, and were not read on",
                        "5 were written before their response came; it is unknown",
                        "3 have only the size of their body, as the buffer was full",
                        "masked 9 cookie",
                        "at noon the wall clock was set by +5.0 s; times in the trace go on from before",
                        "the last problem: No space left on device",
                        "2 files, 12,345 bytes");
    }

    @Test
    void servesThePage() throws Exception {
        try (MetricsEndpoint endpoint = MetricsEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> LiveMetrics.text(ACCOUNT))) {
            URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + "/metrics");
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(page.body()).isEqualTo(LiveMetrics.text(ACCOUNT));
            assertThat(page.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        }
    }
}
