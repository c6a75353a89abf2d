package io.tierdrill.recorder.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceOutputTest {
    private static final TraceHeader HEADER =
            new TraceHeader(Instant.EPOCH, "import https://joe:s3cr3t@a.example/log", Map.of("by", "joe@a.example"));

    @TempDir
    private Path folder;

    @Test
    void redactsRequestsAndHeaderIntoAFileForItsOwnerOnly() throws Exception {
        Path trace = folder.resolve("x.trace");
        try (TraceOutput out = TraceOutput.create(trace, HEADER, RedactionConfig.defaults())) {
            out.write(request());
            assertThat(out.masked()).containsEntry("cookie", 1L).containsEntry("client", 1L);
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trace)))
                .isEqualTo("rw-------");
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.header().source()).matches("import https://tdp\\w{18}@a.example/log");
            assertThat(reader.header().notes()).containsKeys("redaction", "redactionKey", "by");
            assertThat(reader.header().toString() + reader.next()).doesNotContain("s3cr3t", "joe");
        }
    }

    @Test
    void goesOnWithATraceAndRedactsOn() throws Exception {
        Path trace = folder.resolve("x.trace");
        RedactionConfig config = RedactionConfig.defaults();
        TraceOutput.create(trace, HEADER, config).close();
        for (int i = 0; i < 2; i++)
            try (TraceOutput out = TraceOutput.append(trace, config)) {
                out.write(request());
            }

        try (TraceReader reader = TraceReader.open(trace)) {
            RequestRecord first = reader.next();
            assertThat(first).isEqualTo(reader.next());
            assertThat(first.toString()).doesNotContain("s3cr3t");
        }
    }

    @Test
    void saysInTheTraceThatNothingWasMasked() throws Exception {
        Path trace = folder.resolve("x.trace");
        try (TraceOutput out =
                TraceOutput.create(trace, HEADER, RedactionConfig.defaults().off())) {
            out.write(request());
        }

        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.header().notes())
                    .containsEntry("redaction", "None, as the user asked: secrets are in this file.")
                    .doesNotContainKey("redactionKey");
            assertThat(reader.next()).isEqualTo(request());
        }
    }

    private static RequestRecord request() {
        return new RequestRecord(
                0,
                "192.0.2.200",
                "",
                "",
                "http",
                "GET",
                "a.example",
                "/",
                List.of(new Header("Cookie", "id=s3cr3t")),
                RequestRecord.Body.none(),
                Optional.empty());
    }
}
