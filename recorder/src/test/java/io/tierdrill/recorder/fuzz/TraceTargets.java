package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.recorder.inspect.InspectJson;
import io.tierdrill.recorder.inspect.InspectText;
import io.tierdrill.recorder.inspect.Inspection;
import io.tierdrill.recorder.inspect.RecordLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Damaged and hostile traces. What is read can be written and read again, and a writer that goes on with the file keeps
 * every request that could be read before.
 *
 * <p>{@code trace} takes the bytes of a file; {@code trace-blocks} makes a file of whole blocks around them, which no
 * checksum refuses; {@code inspect} prints statistics of such files.
 */
final class TraceTargets {
    private static final int MARKER = 16;

    private final Path trace;
    private final Path copy;

    private TraceTargets(Path scratch) {
        this.trace = scratch.resolve("fuzz.trace");
        this.copy = scratch.resolve("copy.trace");
    }

    static List<FuzzTarget> all(Path scratch) throws IOException {
        TraceTargets targets = new TraceTargets(scratch);
        byte[] empty = targets.file(List.of());
        List<byte[]> blockSeeds = blockSeeds(empty);
        return List.of(
                new FuzzTarget(
                        "trace",
                        16_384,
                        // Four bytes of zstd may stand for 128 KiB, and are unpacked several times.
                        Allowance.of(8192, 150_000),
                        List.of(targets.file(TraceFiles.entries()), empty),
                        targets::takeFile),
                new FuzzTarget(
                        "trace-blocks",
                        4096,
                        // Four bytes make an empty block, whose unknown content takes the buffers of a stream.
                        Allowance.of(16_384, 150_000),
                        blockSeeds,
                        input -> targets.takeFile(blocks(empty, input))),
                new FuzzTarget(
                        "inspect",
                        4096,
                        Allowance.of(32_768, 40_000),
                        blockSeeds,
                        input -> targets.inspect(blocks(empty, input))));
    }

    /** A trace without requests. */
    static byte[] emptyFile(Path scratch) throws IOException {
        return new TraceTargets(scratch).file(List.of());
    }

    private void takeFile(byte[] input) throws IOException, BadInputException {
        Files.write(trace, input);
        List<TraceEntry> entries = new ArrayList<>();
        TraceHeader header;
        try (TraceReader reader = TraceReader.open(trace)) {
            while (reader.hasNextEntry()) entries.add(reader.nextEntry());
            header = reader.header();
            assertThat(reader.damage().orElse("").length()).isLessThan(4096);
        } catch (BadInputException noTrace) {
            return;
        }
        TraceFiles.write(copy, header, entries);
        assertThat(read(copy)).isEqualTo(entries);
        long requests = entries.stream().filter(e -> e instanceof RequestRecord).count();
        RequestRecord more = TraceFiles.examples().get(1);
        try (TraceWriter writer = TraceWriter.append(trace)) {
            assertThat(writer.count()).isEqualTo(requests);
            assertThat(writer.messages()).isEqualTo(entries.size() - requests);
            writer.write(more);
        }
        entries.add(more);
        assertThat(read(trace)).isEqualTo(entries);
    }

    /** Every number a request may hold is in order to be looked at, and nothing of it steers the terminal. */
    private void inspect(byte[] input) throws IOException, BadInputException {
        Files.write(trace, input);
        Inspection inspection = Inspection.of(trace);
        StringBuilder text = new StringBuilder();
        InspectText.write(inspection, text);
        assertThat(text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r'))
                .isTrue();
        assertThat(text.length()).isLessThan(16_384);
        InspectJson.write(inspection, text);
        StringBuilder lines = new StringBuilder();
        try (TraceReader reader = TraceReader.open(trace)) {
            RecordLines.write(reader, lines);
        }
        assertThat(lines.chars().filter(c -> c == '\n').count())
                .isEqualTo(inspection.statistics().requests());
    }

    private static List<TraceEntry> read(Path trace) throws IOException, BadInputException {
        List<TraceEntry> entries = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            while (reader.hasNextEntry()) entries.add(reader.nextEntry());
        }
        return entries;
    }

    /** Blocks of {@code count, repeats, length, records}. */
    static byte[] blocks(byte[] empty, byte[] input) {
        FuzzedBytes choices = new FuzzedBytes(input);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(empty);
        while (!choices.ended()) {
            int count = choices.u8();
            int repeats = 1 + choices.u8();
            byte[] once = choices.bytes(choices.u16());
            byte[] content = new byte[once.length * repeats];
            for (int i = 0; i < repeats; i++) System.arraycopy(once, 0, content, i * once.length, once.length);
            byte[] packed = Zstd.compress(content);
            varint(file, (long) count * repeats);
            varint(file, packed.length);
            file.writeBytes(packed);
            file.write(empty, empty.length - MARKER, MARKER);
        }
        return file.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long positive) {
        long bits = positive << 1;
        for (; bits > 0x7f; bits >>>= 7) out.write((int) (bits & 0x7f | 0x80));
        out.write((int) bits);
    }

    private byte[] file(List<? extends TraceEntry> entries) throws IOException {
        TraceFiles.write(trace, TraceFiles.HEADER, entries);
        return Files.readAllBytes(trace);
    }

    /** What a writer put into its block, unpacked. */
    static List<byte[]> blockSeeds(byte[] empty) throws IOException {
        Path folder = Files.createTempDirectory("tierdrill-seeds-");
        try {
            byte[] file = new TraceTargets(folder).file(TraceFiles.entries());
            // count and size, of which the latter takes two bytes
            byte[] packed = Arrays.copyOfRange(file, empty.length + 3, file.length - MARKER);
            byte[] content = Zstd.decompress(packed, (int) Zstd.getFrameContentSize(packed));
            byte[] head = {5, 0, (byte) (content.length >> 8), (byte) content.length};
            byte[] seed = Arrays.copyOf(head, head.length + content.length);
            System.arraycopy(content, 0, seed, head.length, content.length);
            byte[] often = seed.clone();
            often[1] = (byte) 255;
            return List.of(seed, often);
        } finally {
            Files.deleteIfExists(folder.resolve("fuzz.trace"));
            Files.delete(folder);
        }
    }
}
