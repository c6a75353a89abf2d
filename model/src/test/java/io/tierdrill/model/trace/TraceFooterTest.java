package io.tierdrill.model.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFooterTest {
    private final List<RequestRecord> records = Traces.records(20, new Seeds(21));

    @TempDir
    Path folder;

    private Path trace;

    @BeforeEach
    void path() {
        trace = folder.resolve("some.trace");
    }

    @Test
    void saysThatATraceIsOpenUntilItIsClosed() throws Exception {
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            writer.write(records.get(0));
            writer.flush();
            assertThat(footer()).contains(new TraceFooter(Map.of(), false));
        }
        assertThat(footer()).contains(new TraceFooter(Map.of(), true));
    }

    @Test
    void isRewrittenInPlaceWithEachFlush() throws Exception {
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            writer.write(records.get(0));
            writer.flush();
            long size = Files.size(trace);
            for (long dropped = 1; dropped < 2_000_000; dropped *= 11) {
                writer.footer(new TraceFooter(Map.of("buffer-full", dropped, "disk", 2L), false));
                writer.flush();
                assertThat(footer().orElseThrow().dropped()).isEqualTo(Map.of("buffer-full", dropped, "disk", 2L));
                assertThat(footer().orElseThrow().droppedInAll()).isEqualTo(dropped + 2);
            }
            assertThat(Files.size(trace)).isEqualTo(size);
        }
        Traces.assertSame(Traces.read(trace), records.subList(0, 1));
    }

    @Test
    void anAppendAddsToWhatWasDroppedBeforeAndOpensTheTraceAgain() throws Exception {
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            writer.write(records.get(0));
            writer.footer(new TraceFooter(Map.of("disk", 3L, "quota", 1L), false));
        }
        try (TraceWriter writer = TraceWriter.append(trace)) {
            assertThat(footer()).contains(new TraceFooter(Map.of("disk", 3L, "quota", 1L), false));
            assertThat(writer.lastOffset()).isEqualTo(records.get(0).offsetNanos());
            writer.write(records.get(1));
            writer.footer(new TraceFooter(Map.of("disk", 4L), false));
            writer.flush();
            writer.footer(new TraceFooter(Map.of("disk", 5L), false));
        }
        assertThat(footer()).contains(new TraceFooter(Map.of("disk", 8L, "quota", 1L), true));
        Traces.assertSame(Traces.read(trace), records.subList(0, 2));
    }

    @Test
    void avroItselfShowsIt() throws Exception {
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            writer.write(records.get(0));
            writer.footer(new TraceFooter(Map.of("disk", 3L), false));
        }
        try (var reader = new DataFileReader<GenericRecord>(trace.toFile(), new GenericDatumReader<>())) {
            assertThat(reader.getMetaString("tierdrill.footer"))
                    .hasSize(512)
                    .startsWith("{\"closed\":true,\"dropped\":{\"disk\":3}} ");
            assertThat(reader.hasNext()).isTrue();
        }
    }

    /** {@code before-footers.trace} was written by the version before, with the records of seed 21. */
    @Test
    void aTraceFromBeforeThereWereFootersIsReadAndGoesOn() throws Exception {
        try (InputStream old = getClass().getResourceAsStream("before-footers.trace")) {
            Files.write(trace, old.readAllBytes());
        }
        assertThat(footer()).isEmpty();
        Traces.assertSame(Traces.read(trace), records.subList(0, 10));

        try (TraceWriter writer = TraceWriter.append(trace)) {
            writer.footer(new TraceFooter(Map.of("disk", 3L), false));
            for (RequestRecord record : records.subList(10, 20)) writer.write(record);
        }
        assertThat(footer()).isEmpty();
        Traces.assertSame(Traces.read(trace), records);
    }

    @Test
    void aTornFooterCostsOnlyTheFooter() throws Exception {
        Traces.write(trace, records);
        byte[] bytes = Files.readAllBytes(trace);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"closed\"");
        bytes[at + 3] = 0;
        Files.write(trace, bytes);

        assertThat(footer()).isEmpty();
        Traces.assertSame(Traces.read(trace), records);
    }

    @Test
    void manyReasonsAreFoldedSmallestFirstAndStillAddUp() {
        Map<String, Long> dropped = new LinkedHashMap<>();
        for (long i = 1; i <= 60; i++) dropped.put("a-rather-long-reason-" + i, i);

        byte[] text = new TraceFooter(dropped, true).encode();
        TraceFooter back =
                TraceFooter.decode(new String(text, StandardCharsets.US_ASCII)).orElseThrow();

        assertThat(text).hasSize(512);
        assertThat(back.closed()).isTrue();
        assertThat(back.droppedInAll()).isEqualTo(60 * 61 / 2);
        assertThat(back.dropped())
                .containsEntry("a-rather-long-reason-60", 60L)
                .containsKey(TraceFooter.OTHER)
                .doesNotContainKey("a-rather-long-reason-1");
    }

    @Test
    void refusesReasonsAndCountsThatCannotBe() {
        assertThatThrownBy(() -> new TraceFooter(Map.of("Disk full", 1L), false))
                .hasMessage("a reason is up to 40 letters a-z, digits and hyphens, was 'Disk full'");
        assertThatThrownBy(() -> new TraceFooter(Map.of("disk", -1L), false))
                .hasMessage("count of disk must be 0 or more, was -1");
    }

    @Test
    void tellsWhatSurvivesAKillAndHowLargeTheFileCanGet() throws Exception {
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            long head = writer.bytes();
            assertThat(head).isEqualTo(Files.size(trace));
            for (RequestRecord record : records) writer.write(record);
            long most = writer.bytes();
            assertThat(writer.flushed()).isZero();
            writer.flush();
            assertThat(writer.flushed()).isEqualTo(records.size());
            assertThat(writer.bytes()).isEqualTo(Files.size(trace)).isBetween(head, most);
        }
    }

    private Optional<TraceFooter> footer() throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            return reader.footer();
        }
    }
}
