package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that records itself. */
class RecordedL7Test {
    @TempDir
    private Path folder;

    @Test
    void writesATraceOfItsOwnBesideTheSettings() throws Exception {
        Path settings = Files.writeString(folder.resolve("l7-2.yaml"), "record: {folder: traffic}\n");
        InstanceArguments arguments =
                InstanceArguments.parse(new String[] {"l7", "--name", "l7/2", "--config", settings.toString()});
        try (TierInstance l7 = InstanceMain.start(arguments, NanoClock.system(), Clock.systemUTC())) {
            URI uri = URI.create("http://127.0.0.1:" + l7.traffic().getPort() + "/recorded?x=1");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("authorization", "Bearer very-secret-token")
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(503);
        }
        List<Path> traces;
        try (Stream<Path> files = Files.list(folder.resolve("traffic"))) {
            traces = files.filter(f -> f.toString().endsWith(".trace")).toList();
        }
        assertThat(traces).hasSize(1);
        assertThat(traces.get(0).getFileName().toString()).startsWith("l7-2-");
        List<RequestRecord> recorded = read(traces.get(0));
        assertThat(recorded).extracting(RequestRecord::path).containsExactly("/recorded?x=1");
        assertThat(recorded.get(0).response().orElseThrow().status()).isEqualTo(503);
        assertThat(recorded.get(0).headers().toString()).doesNotContain("very-secret-token");
    }

    @Test
    void hasTheRecordingOnItsPageOfMetrics() throws Exception {
        Path settings = Files.writeString(folder.resolve("l7-2.yaml"), "record: {folder: traffic}\n");
        InstanceArguments arguments =
                InstanceArguments.parse(new String[] {"l7", "--name", "l7/2", "--config", settings.toString()});
        try (TierInstance l7 = InstanceMain.start(arguments, NanoClock.system(), Clock.systemUTC())) {
            List<String> page = Metrics.of(l7.admin()).text().lines().toList();

            assertThat(page)
                    .contains(
                            "tierdrill_tier_arrivals_total{instance=\"l7/2\",tier=\"l7\"} 0.0",
                            "tierdrill_record_begun_total 0",
                            "tierdrill_record_dropped_total{reason=\"disk\"} 0");
            assertThat(page.stream().filter(line -> line.startsWith("# TYPE")))
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(15);
        }
    }

    @Test
    void recordsNothingUnlessToldTo() throws Exception {
        InstanceArguments arguments = InstanceArguments.parse(new String[] {"l7"});
        try (TierInstance l7 = InstanceMain.start(arguments, NanoClock.system(), Clock.systemUTC())) {
            assertThat(l7).isNotInstanceOf(RecordedL7.class);
        }
    }

    private static List<RequestRecord> read(Path trace) throws Exception {
        List<RequestRecord> records = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }
}
