package io.tierdrill.model.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCopyTest {
    private static final TraceHeader SHORT = new TraceHeader(Instant.EPOCH, "", Map.of());
    private static final TraceHeader LONG = new TraceHeader(
            Instant.parse("2015-05-17T10:05:03Z"), "import access.log", Map.of("read", "3", "note", "x".repeat(300)));

    @TempDir
    Path folder;

    /** Nothing, one block, many blocks of about 256 KiB. */
    @Test
    void itIsByteForByteWhatWouldHaveBeenWrittenUnderThatHeader() throws Exception {
        for (int requests : new int[] {0, 1, 4_000}) {
            for (TraceHeader from : new TraceHeader[] {SHORT, LONG}) {
                TraceHeader to = from == SHORT ? LONG : SHORT;
                Path other = written(from, requests, "other");
                Path copy = folder.resolve("copy");
                TraceCopy.under(to, other, copy);

                assertThat(copy).hasSameBinaryContentAs(written(to, requests, "judge"));
            }
        }
    }

    private Path written(TraceHeader header, int requests, String name) throws IOException {
        Path path = folder.resolve(name);
        try (TraceWriter writer = TraceWriter.create(path, header)) {
            for (RequestRecord record : Traces.records(requests, new Seeds(1))) writer.write(record);
        }
        return path;
    }
}
