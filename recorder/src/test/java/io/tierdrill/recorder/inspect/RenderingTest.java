package io.tierdrill.recorder.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.statistics.TraceStatistics;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RenderingTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void peopleReadThis() throws Exception {
        StringBuilder text = new StringBuilder();
        InspectText.write(Inspection.of(trace(ramp())), text);

        assertThat(text.toString().replace(folder.toString(), "FOLDER").lines())
                .containsExactly(
                        "FOLDER/some.trace",
                        "  source      a test",
                        "  start       2026-01-01T00:00:00Z",
                        "  note        rule: none",
                        "  requests    210 over 19.95 s, mean 10.48/s",
                        "",
                        "Rate over time: a column is 300 ms, the highest is 6 requests (20.00/s)",
                        "  │                                             ▁  ▁ ▁▁▁▁▁▁▁█▁▁███▁██",
                        "  │                                 ▃  ▃ ▃ ▃▃▃▃▃█▃▃█▃████████████████▃",
                        "  │                    ▄    ▄ ▄▄ ▄▄▄█▄▄█▄█▄███████████████████████████",
                        "  │          ▅   ▅ ▅▅▅ █▅▅▅▅█▅██▅█████████████████████████████████████",
                        "  │▇  ▇ ▇▇▇▇ █▇▇▇█▇███▇███████████████████████████████████████████████",
                        "",
                        "Burstiness    peak 20 in the second from 19 s, peak to mean 2, CV of gaps 0.945 (Poisson: 1)",
                        "Dispersion    index 0.896 in windows of 10 ms, 0.476 in windows of 100 ms, 3.17 in windows of 1 s,"
                                + " - in windows of 10 s (Poisson: 1)",
                        "Visits        4 users, 4 visits of 52.50 requests (p50 50, p90 60, max 60);"
                                + " think time mean 347.49 ms, p50 266.73 ms, p90 581.96 ms",
                        "Methods       GET 210",
                        "Statuses      200 210",
                        "Request body  none",
                        "Response      mean 100 B, p50 100 B, p90 100 B, p99 - B, max 100 B",
                        "Latency       mean 2 us, p50 2 us, p90 2 us, p99 - us, max 2 us",
                        "",
                        "Clients       4 different; the top 1 % have 28.6 % of the requests, the top 10 % have 28.6 %",
                        "         60   28.6 %  10.0.0.0",
                        "         55   26.2 %  10.0.0.1",
                        "         50   23.8 %  10.0.0.2",
                        "         45   21.4 %  10.0.0.3",
                        "",
                        "Paths         3 different; the top 1 % have 36.7 % of the requests, the top 10 % have 36.7 %",
                        "         77   36.7 %  /p0",
                        "         70   33.3 %  /p1",
                        "         63   30.0 %  /p2");
    }

    @Test
    void anEmptyTraceAndADamagedOneSaySo() throws Exception {
        StringBuilder empty = new StringBuilder();
        InspectText.write(Inspection.of(trace(List.of())), empty);
        assertThat(empty.toString().lines()).endsWith("  requests    0 over 0 ms");

        Path cut = trace(ramp());
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), (int) Files.size(cut) - 1));
        Inspection inspection = Inspection.of(cut);
        StringBuilder damaged = new StringBuilder();
        InspectText.write(inspection, damaged);
        assertThat(damaged.toString().lines())
                .contains("  DAMAGED     " + inspection.damage().orElseThrow());
    }

    @Test
    void nothingInATraceSteersTheTerminal() throws Exception {
        RequestRecord evil = record(0, "\u001b[2J\u202e", "/\u0007\u009b", 200);
        StringBuilder text = new StringBuilder();
        InspectText.write(Inspection.of(trace(List.of(evil))), text);

        assertThat(text.toString())
                .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e")
                .contains("?[2J?", "/??");
    }

    @Test
    void programsReadThis() throws Exception {
        StringBuilder json = new StringBuilder();
        InspectJson.write(Inspection.of(trace(ramp())), json);
        JsonNode root = JsonMapper.builder().build().readTree(json.toString());

        assertThat(root.propertyNames()).containsExactly("file", "header", "damage", "statistics", "messages");
        assertThat(root.at("/damage").isNull()).isTrue();
        assertThat(root.at("/header/start").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(root.at("/statistics").propertyNames())
                .containsExactly(
                        "requests",
                        "spanSeconds",
                        "meanPerSecond",
                        "rate",
                        "burstiness",
                        "visits",
                        "clients",
                        "paths",
                        "methods",
                        "statuses",
                        "requestBodies",
                        "responses",
                        "latency",
                        "outOfOrder");
        assertThat(root.at("/statistics/requests").asInt()).isEqualTo(210);
        assertThat(root.at("/statistics/rate/bucketSeconds").asDouble()).isEqualTo(0.1);
        assertThat(root.at("/statistics/clients/top/0/key").asString()).isEqualTo("10.0.0.0");
        assertThat(root.at("/statistics/responses/p99Bytes").isNull()).isTrue();
    }

    @Test
    void eachRecordIsALineOfJson() throws Exception {
        RequestRecord full = new RequestRecord(
                7,
                "10.0.0.1",
                "c1",
                "zoë",
                "https",
                "POST",
                "shop.example",
                "/a?\"",
                List.of(new RequestRecord.Header("Accept", "*/*")),
                RequestRecord.Body.of(new byte[3]),
                Optional.of(new RequestRecord.Response(201, Optional.of(5L), Optional.of(9L))));
        RequestRecord bare = new RequestRecord(
                8, "x", "", "", "dns", "A", "", "shop.example", List.of(), RequestRecord.Body.none(), Optional.empty());
        StringBuilder lines = new StringBuilder();
        RecordLines.write(List.of(full, bare).iterator(), lines);

        assertThat(lines.toString())
                .isEqualTo("{\"offsetNanos\":7,\"client\":\"10.0.0.1\",\"user\":\"zoë\",\"connection\":\"c1\","
                        + "\"scheme\":\"https\",\"method\":\"POST\",\"authority\":\"shop.example\",\"path\":\"/a?\\\"\","
                        + "\"headers\":[{\"name\":\"Accept\",\"value\":\"*/*\"}],\"requestBytes\":3,"
                        + "\"status\":201,\"responseBytes\":5,\"latencyNanos\":9}\n"
                        + "{\"offsetNanos\":8,\"client\":\"x\",\"user\":\"\",\"connection\":\"\","
                        + "\"scheme\":\"dns\",\"method\":\"A\",\"authority\":\"\",\"path\":\"shop.example\","
                        + "\"headers\":[],\"requestBytes\":0,"
                        + "\"status\":null,\"responseBytes\":null,\"latencyNanos\":null}\n");
    }

    @Test
    void thePlotShowsHeightsInEighths() {
        var rate = new TraceStatistics.RateOverTime(2, List.of(0L, 1L, 2L, 4L, 8L, 16L));

        assertThat(RatePlot.of(rate, 72, 2, true)).isEqualTo(new RatePlot(2, 16, List.of("     █", " ▁▂▄██")));
        assertThat(RatePlot.of(rate, 3, 1, true)).isEqualTo(new RatePlot(4, 24, List.of("▁▂█")));
        assertThat(RatePlot.of(rate, 72, 1, false).rows())
                .allSatisfy(row -> assertThat(row).matches("\\p{ASCII}+"));
    }

    @Test
    void lengthsOfTimeAreShort() {
        assertThat(List.of(0.0, 0.0005, 0.25, 1.0, 59.99, 60.0, 61.0, 3_599.6, 3_660.0, 90_000.0).stream()
                        .map(HumanTime::of))
                .containsExactly(
                        "0 ms",
                        "0.5 ms",
                        "250 ms",
                        "1 s",
                        "59.99 s",
                        "1 min",
                        "1 min 1 s",
                        "1 h",
                        "1 h 1 min",
                        "1 d 1 h");
    }

    /** From 1 request in the first second to 20 in the last, of four clients. */
    private static List<RequestRecord> ramp() {
        List<RequestRecord> requests = new ArrayList<>();
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i <= second; i++)
                requests.add(record(second * SECOND + i * SECOND / (second + 1), "10.0.0." + i % 4, "/p" + i % 3, 200));
        }
        return requests;
    }

    private static RequestRecord record(long offset, String client, String path, int status) {
        return new RequestRecord(
                offset,
                client,
                "",
                "",
                "http",
                "GET",
                "",
                path,
                List.of(),
                RequestRecord.Body.none(),
                Optional.of(new RequestRecord.Response(status, Optional.of(100L), Optional.of(2_000L))));
    }

    private Path trace(List<RequestRecord> requests) throws IOException {
        Path path = folder.resolve("some.trace");
        var header = new TraceHeader(Instant.parse("2026-01-01T00:00:00Z"), "a test", Map.of("rule", "none"));
        try (TraceWriter writer = TraceWriter.create(path, header)) {
            for (RequestRecord request : requests) writer.write(request);
        }
        return path;
    }
}
