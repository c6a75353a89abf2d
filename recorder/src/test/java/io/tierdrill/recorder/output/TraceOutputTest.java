package io.tierdrill.recorder.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.redact.Redaction;
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
    void refusesToGoOnUnderAnotherKeyAndLeavesTheTraceAsItIs() throws Exception {
        Path trace = folder.resolve("x.trace");
        RedactionConfig first = RedactionConfig.defaults();
        RedactionConfig second = RedactionConfig.defaults();
        try (TraceOutput out = TraceOutput.create(trace, HEADER, first)) {
            out.write(request());
        }
        byte[] before = Files.readAllBytes(trace);

        refused(
                trace,
                second,
                "cannot be gone on with: it was masked under the key with id " + id(first)
                        + ", and this recording's has id " + id(second),
                "Give --redaction-key the file of its key, or write to another file. "
                        + "Without --redaction-key every recording has a key of its own.");
        refused(
                trace,
                first.off(),
                "cannot be gone on with: it was masked, and this recording masks nothing",
                "Leave out --no-redaction and give --redaction-key the file of its key, or write to another file.");
        assertThat(trace).hasBinaryContent(before);
        assertThat(id(first)).isNotEqualTo(id(second)).hasSizeGreaterThan(7);
    }

    @Test
    void refusesToMaskHalfATrace() throws Exception {
        Path trace = folder.resolve("x.trace");
        RedactionConfig off = RedactionConfig.defaults().off();
        TraceOutput.create(trace, HEADER, off).close();

        refused(
                trace,
                RedactionConfig.defaults(),
                "cannot be gone on with: it was written without masking, and this recording masks",
                "Give --no-redaction, or write to another file.");
        TraceOutput.append(trace, off).close();
    }

    private static void refused(Path trace, RedactionConfig config, String found, String help) {
        assertThatThrownBy(() -> TraceOutput.append(trace, config))
                .hasMessage(String.join(
                        System.lineSeparator(), trace + ": " + found, "  " + help, "1 problem; nothing was started."));
    }

    private static String id(RedactionConfig config) {
        return Redaction.of(config).notes().get(Redaction.KEY_NOTE);
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
