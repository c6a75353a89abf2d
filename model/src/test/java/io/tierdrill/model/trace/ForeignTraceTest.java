package io.tierdrill.model.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is passed by mistake is refused in words that tell what it is. */
class ForeignTraceTest {
    private static final String GIVE =
            "  Give the path of a trace. 'tierdrill import FILE -o TRACE' makes one from access logs.";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void path() {
        file = folder.resolve("given");
    }

    @Test
    void aMissingFile() {
        assertRefused(file, ": there is no such file", GIVE);
    }

    @Test
    void aFolder() {
        assertRefused(folder, ": is a directory", GIVE);
    }

    @Test
    void anEmptyFile() throws Exception {
        Files.createFile(file);
        assertRefused(file, ": is empty", GIVE);
    }

    @Test
    void aTextFile() throws Exception {
        Files.writeString(file, "10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 512\n");
        assertRefused(file, ": is not a trace: it does not begin with the bytes of an Avro container", GIVE);
    }

    @Test
    void aGzipFile() throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(1);
        }
        assertRefused(file, ": is gzip data, not a trace", GIVE);
    }

    @Test
    void anAvroFileOfSomethingElse() throws Exception {
        avro(
                SchemaBuilder.record("org.example.Order")
                        .fields()
                        .requiredLong("id")
                        .endRecord(),
                Map.of());
        assertRefused(file, ": is an Avro file of org.example.Order, not a trace", GIVE);
    }

    @Test
    void anAvroFileThatOnlySaysItIsATrace() throws Exception {
        avro(
                SchemaBuilder.record("io.tierdrill.trace.Request")
                        .fields()
                        .requiredLong("offsetNanos")
                        .endRecord(),
                Map.of("tierdrill.format", "2"));
        assertRefused(file, ": says it is a trace, but its schema is not that of a trace", GIVE);
    }

    @Test
    void aTraceOfALaterVersion() throws Exception {
        trace(Map.of("tierdrill.format", "3"));
        assertRefused(
                file,
                ": tierdrill.format: found \"3\", this version reads 1 to 2",
                "  Use the version of Tierdrill that wrote it, or import it again.");
    }

    @Test
    void aTraceWithoutAStart() throws Exception {
        trace(Map.of("tierdrill.start", "yesterday"));
        assertRefused(
                file,
                ": tierdrill.start: found \"yesterday\" in the file's metadata",
                "  Allowed: an instant such as 2026-01-01T00:00:00Z. Record or import it again.");
    }

    @Test
    void aTraceInAnotherCodec() throws Exception {
        avro(
                new Schema.Parser().parse(TraceSchema.text()),
                Map.of("tierdrill.format", "2", "tierdrill.start", "2026-01-01T00:00:00Z"));
        assertRefused(file, ": has blocks in codec \"deflate\"; a trace has zstandard", GIVE);
    }

    @Test
    void aHeaderThatPromisesMoreThanMemoryHoldsCostsNone() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ContainerHeader.magic());
        bytes.write(new byte[] {2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f});
        bytes.write(new byte[2 << 20]);
        Files.write(file, bytes.toByteArray());
        assertRefused(
                file, ": has a damaged header", "  No request can be recovered from it. Record or import it again.");
    }

    @Test
    void appendRefusesTheSame() throws Exception {
        Files.writeString(file, "text");
        assertThatThrownBy(() -> TraceWriter.append(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(file + ": is not a trace");
        assertThat(file).hasContent("text");
    }

    private void assertRefused(Path path, String what, String help) {
        assertThatThrownBy(() -> TraceReader.open(path))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(System.lineSeparator(), path + what, help, "1 problem; nothing was started."));
    }

    private void avro(Schema schema, Map<String, String> meta) throws IOException {
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            meta.forEach(writer::setMeta);
            writer.setCodec(CodecFactory.deflateCodec(1));
            writer.create(schema, file.toFile());
        }
    }

    /** An empty trace with some of its metadata changed. */
    private void trace(Map<String, String> changes) throws IOException {
        Map<String, String> meta = new TreeMap<>(Map.of(
                "avro.schema", TraceSchema.text(),
                "avro.codec", "zstandard",
                "tierdrill.format", "2",
                "tierdrill.start", "2026-01-01T00:00:00Z"));
        meta.putAll(changes);
        Files.write(file, ContainerHeader.encode(meta, new byte[16]));
    }
}
