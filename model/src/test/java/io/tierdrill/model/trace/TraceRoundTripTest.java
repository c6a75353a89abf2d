package io.tierdrill.model.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceRoundTripTest {
    @TempDir
    Path folder;

    private Path trace;

    @BeforeEach
    void path() {
        trace = folder.resolve("some.trace");
    }

    @Test
    void givesBackEveryRecordAndTheHeader() throws Exception {
        List<RequestRecord> records = Traces.records(3000, new Seeds(1));
        Traces.write(trace, records);
        assertThat(Files.size(trace)).isGreaterThan(3 * (16L << 10));

        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.header()).isEqualTo(Traces.HEADER);
            Traces.assertSame(Traces.rest(reader), records);
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void anEmptyTraceIsWholeAndHasNoRecords() throws Exception {
        Traces.write(trace, List.of());

        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.damage()).isEmpty();
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void theSameRequestsMakeTheSameBytes() throws Exception {
        Path twin = folder.resolve("twin.trace");
        Traces.write(trace, Traces.records(500, new Seeds(2)));
        Traces.write(twin, Traces.records(500, new Seeds(2)));

        assertThat(twin).hasSameBinaryContentAs(trace);
    }

    @Test
    void onlyTheOwnerMayReadEvenWhereTheFileWasThereBefore() throws Exception {
        if (!trace.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        Traces.write(trace, List.of());
        Path old = Files.writeString(folder.resolve("old.trace"), "was here");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-rw-"));
        Traces.write(old, List.of());

        for (Path file : List.of(trace, old))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        assertThat(Traces.read(old)).isEmpty();
    }

    @Test
    void whatWasFlushedIsThereThoughNobodyCloses() throws Exception {
        List<RequestRecord> records = Traces.records(10, new Seeds(3));
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            for (RequestRecord record : records.subList(0, 7)) writer.write(record);
            writer.flush();
            for (RequestRecord record : records.subList(7, 10)) writer.write(record);

            Traces.assertSame(Traces.read(trace), records.subList(0, 7));
            assertThat(writer.count()).isEqualTo(10);
        }
        Traces.assertSame(Traces.read(trace), records);
    }

    @Test
    void appendGoesOnWhereAWholeTraceEnds() throws Exception {
        List<RequestRecord> records = Traces.records(50, new Seeds(4));
        Traces.write(trace, records.subList(0, 30));
        try (TraceWriter writer = TraceWriter.append(trace)) {
            assertThat(writer.count()).isEqualTo(30);
            for (RequestRecord record : records.subList(30, 50)) writer.write(record);
            assertThat(writer.count()).isEqualTo(50);
        }

        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.header()).isEqualTo(Traces.HEADER);
            Traces.assertSame(Traces.rest(reader), records);
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void aRequestTooLargeIsRefusedAndTheRestIsKept() throws Exception {
        List<RequestRecord> records = Traces.records(2, new Seeds(5));
        byte[] body = new byte[(32 << 20) + 1];
        RequestRecord huge = Traces.withBody(records.get(0), body);
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            writer.write(records.get(0));
            assertThatThrownBy(() -> writer.write(huge))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("a request of \\d+ bytes is too large for a trace: at most 33554432 bytes");
            writer.write(records.get(1));
        }

        Traces.assertSame(Traces.read(trace), records);
    }

    @Test
    void aLargeBodyThatDoesNotCompressComesBack() throws Exception {
        byte[] body = new byte[24 << 20];
        var chance = new Seeds(6).stream("body");
        for (int i = 0; i < body.length; i++) body[i] = (byte) chance.nextInt();
        RequestRecord large = Traces.withBody(Traces.records(1, new Seeds(5)).get(0), body);
        Traces.write(trace, List.of(large));

        Traces.assertSame(Traces.read(trace), List.of(large));
    }

    @Test
    void avroItselfReadsOurTraces() throws Exception {
        List<RequestRecord> records = Traces.records(1000, new Seeds(7));
        Traces.write(trace, records);

        List<String> seen = new ArrayList<>();
        try (var reader = new DataFileReader<GenericRecord>(trace.toFile(), new GenericDatumReader<>())) {
            assertThat(reader.getMetaString("tierdrill.start")).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(reader.getMetaString("tierdrill.note.rule")).isEqualTo("none");
            for (GenericRecord r : reader) seen.add(r.get("offsetNanos") + " " + r.get("path"));
        }
        assertThat(seen)
                .isEqualTo(records.stream()
                        .map(r -> r.offsetNanos() + " " + r.path())
                        .toList());
    }

    @Test
    void readsWhatAvroItselfWrote() throws Exception {
        List<RequestRecord> records = Traces.records(1000, new Seeds(8));
        Traces.write(trace, records);
        Path copy = folder.resolve("copy.trace");
        try (var reader = new DataFileReader<GenericRecord>(trace.toFile(), new GenericDatumReader<>());
                var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>())) {
            for (String key : List.of("tierdrill.format", "tierdrill.start", "tierdrill.source"))
                writer.setMeta(key, reader.getMetaString(key));
            writer.setCodec(CodecFactory.zstandardCodec(1));
            writer.setSyncInterval(4096);
            writer.create(reader.getSchema(), copy.toFile());
            for (GenericRecord r : reader) writer.append(r);
        }

        Traces.assertSame(Traces.read(copy), records);
    }

    @Test
    void everyFieldOfTheSchemaIsDocumentedOrNamesItsUnit() {
        Schema schema = new Schema.Parser().parse(TraceSchema.text());

        assertThat(schema.getFullName()).isEqualTo("io.tierdrill.trace.Request");
        assertThat(schema.getFields())
                .allSatisfy(f -> assertThat(
                                f.doc() != null || Arrays.asList("scheme").contains(f.name()))
                        .as(f.name())
                        .isTrue());
    }
}
