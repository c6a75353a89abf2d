package io.tierdrill.model.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace of six blocks of three requests, harmed in every way. */
class DamagedTraceTest {
    private static final int BLOCKS = 6;
    private static final int IN_BLOCK = 3;

    @TempDir
    Path folder;

    private final List<RequestRecord> records = Traces.records(BLOCKS * IN_BLOCK, new Seeds(11));

    /** Where each block ends; the first entry is the end of the header. */
    private final List<Integer> ends = new ArrayList<>();

    private Path trace;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        trace = folder.resolve("harmed.trace");
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            ends.add((int) Files.size(trace));
            for (int i = 0; i < records.size(); i++) {
                writer.write(records.get(i));
                if (i % IN_BLOCK == IN_BLOCK - 1) {
                    writer.flush();
                    ends.add((int) Files.size(trace));
                }
            }
        }
        whole = Files.readAllBytes(trace);
        assertThat(ends.get(BLOCKS)).isEqualTo(whole.length);
    }

    @Test
    void cutAtAnyByteItGivesExactlyTheWholeBlocksAndSaysWhatIsLost() throws Exception {
        for (int length = ends.get(0); length <= whole.length; length++) {
            Files.write(trace, Arrays.copyOf(whole, length));
            int blocks = wholeBlocks(length);
            try (TraceReader reader = TraceReader.open(trace)) {
                Traces.assertSame(Traces.rest(reader), records.subList(0, blocks * IN_BLOCK));
                assertThat(reader.damage()).as("cut at " + length).isEqualTo(lossOfCut(ends.get(blocks), length));
            }
        }
    }

    private static Optional<String> lossOfCut(int blockStart, int length) {
        if (length == blockStart) return Optional.empty();
        return Optional.of("the file ends within a block that begins at byte " + blockStart + ": its "
                + (length - blockStart) + " bytes are lost, every request before it was read");
    }

    @Test
    void cutAnywhereWithinItsHeaderItIsRefused() throws Exception {
        for (int length = 1; length < ends.get(0); length++) {
            Files.write(trace, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TraceReader.open(trace))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(String.join(
                            System.lineSeparator(),
                            trace + ": is cut off within its header, after " + length + " bytes",
                            "  No request can be recovered from it. Record or import it again.",
                            "1 problem; nothing was started."));
        }
    }

    @Test
    void appendGoesOnAfterTheLastWholeBlockOfAFileCutAnywhere() throws Exception {
        RequestRecord more = records.get(records.size() - 1);
        for (int length = ends.get(0); length <= whole.length; length++) {
            Files.write(trace, Arrays.copyOf(whole, length));
            try (TraceWriter writer = TraceWriter.append(trace)) {
                writer.write(more);
            }
            List<RequestRecord> expected = new ArrayList<>(records.subList(0, wholeBlocks(length) * IN_BLOCK));
            expected.add(more);
            try (TraceReader reader = TraceReader.open(trace)) {
                Traces.assertSame(Traces.rest(reader), expected);
                assertThat(reader.damage()).isEmpty();
            }
        }
    }

    @Test
    void anyByteOverwrittenBehindTheHeaderCostsItsBlockAndAtMostTheNext() throws Exception {
        for (int at = ends.get(0); at < whole.length; at++) {
            byte[] harmed = whole.clone();
            harmed[at] ^= 0x55;
            Files.write(trace, harmed);
            try (TraceReader reader = TraceReader.open(trace)) {
                List<RequestRecord> found = Traces.rest(reader);
                int block = wholeBlocks(at);
                assertThat(found).as("byte " + at).isSubsetOf(records);
                assertThat(found).containsAll(records.subList(0, block * IN_BLOCK));
                assertThat(found)
                        .containsAll(records.subList(Math.min(records.size(), (block + 2) * IN_BLOCK), records.size()));
                assertThat(reader.damage()).as("byte " + at).isPresent();
            }
        }
    }

    @Test
    void contentOverwrittenInTheMiddleIsNamedWithItsBytes() throws Exception {
        byte[] harmed = whole.clone();
        Arrays.fill(harmed, ends.get(1) + 20, ends.get(1) + 60, (byte) 'x');
        Files.write(trace, harmed);

        try (TraceReader reader = TraceReader.open(trace)) {
            List<RequestRecord> expected = new ArrayList<>(records.subList(0, IN_BLOCK));
            expected.addAll(records.subList(2 * IN_BLOCK, records.size()));
            Traces.assertSame(Traces.rest(reader), expected);
            assertThat(reader.damage().orElseThrow())
                    .startsWith("bytes " + ends.get(1) + " to " + (ends.get(2) - 1)
                            + " are damaged (the content of a block is wrong: ")
                    .endsWith(") and their requests lost, reading went on at byte " + ends.get(2));
        }
    }

    @Test
    void aLongStretchOfZerosIsSkippedToTheNextMarker() throws Exception {
        byte[] harmed = whole.clone();
        Arrays.fill(harmed, ends.get(1), ends.get(3) + 5, (byte) 0);
        Files.write(trace, harmed);

        try (TraceReader reader = TraceReader.open(trace)) {
            List<RequestRecord> expected = new ArrayList<>(records.subList(0, IN_BLOCK));
            expected.addAll(records.subList(4 * IN_BLOCK, records.size()));
            Traces.assertSame(Traces.rest(reader), expected);
            assertThat(reader.damage())
                    .contains("bytes " + ends.get(1) + " to " + (ends.get(4) - 1)
                            + " are damaged (no marker where a block should end) and their requests lost,"
                            + " reading went on at byte " + ends.get(4));
        }
    }

    /** The search reads 64 KiB at a time; a marker may lie across the seam. */
    @Test
    void aMarkerIsFoundWhereverItLiesBehindALongStretchOfJunk() throws Exception {
        int first = ends.get(1);
        for (int junk = (64 << 10) - 20; junk < (64 << 10) + 4; junk++) {
            var harmed = new ByteArrayOutputStream();
            harmed.write(whole, 0, first);
            harmed.write(new byte[junk]);
            harmed.write(whole, first - 16, whole.length - first + 16);
            Files.write(trace, harmed.toByteArray());
            try (TraceReader reader = TraceReader.open(trace)) {
                Traces.assertSame(Traces.rest(reader), records);
                assertThat(reader.damage().orElseThrow()).startsWith("bytes " + first + " to " + (first + junk + 15));
            }
        }
    }

    @Test
    void manyDamagedPlacesAreCountedNotListed() throws Exception {
        byte[] harmed = whole.clone();
        for (int block = 0; block < 5; block++) harmed[ends.get(block) + 30] ^= 1;
        Files.write(trace, harmed);

        try (TraceReader reader = TraceReader.open(trace)) {
            Traces.assertSame(Traces.rest(reader), records.subList(5 * IN_BLOCK, records.size()));
            assertThat(reader.damage().orElseThrow())
                    .endsWith("; and 2 more damaged places, " + (ends.get(5) - ends.get(0)) + " bytes in all");
        }
    }

    @Test
    void appendLeavesDamageInTheMiddleAloneAndKeepsWhatIsBehindIt() throws Exception {
        byte[] harmed = whole.clone();
        harmed[ends.get(1) + 30] ^= 1;
        Files.write(trace, harmed);
        try (TraceWriter writer = TraceWriter.append(trace)) {
            assertThat(writer.count()).isEqualTo((BLOCKS - 1) * IN_BLOCK);
        }

        assertThat(Files.readAllBytes(trace)).isEqualTo(harmed);
    }

    private int wholeBlocks(int length) {
        int blocks = 0;
        while (blocks < BLOCKS && ends.get(blocks + 1) <= length) blocks++;
        return blocks;
    }

    /** A few kilobytes that unpack to millions of requests: what a block may hold is bounded, not only its bytes. */
    @Test
    void aBlockOfMoreRequestsThanAnyWriterPutsInOneIsDamage() throws Exception {
        Files.write(trace, withBlock(repeated(smallest(), RecordDecoder.MOST_ITEMS + 1), RecordDecoder.MOST_ITEMS + 1));
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.damage().orElse(""))
                    .contains("the content of a block is wrong: a block has more than 1048576 requests and headers");
        }
    }

    @Test
    void whatDamageQuotesOfTheFileIsShortAndFitForATerminal() throws Exception {
        byte[] content = smallest();
        byte[] scheme = new byte[2 + 5000];
        Arrays.fill(scheme, (byte) 7);
        scheme[0] = (byte) 0x90;
        scheme[1] = 0x4e;
        byte[] odd = join(Arrays.copyOf(content, 5), scheme, Arrays.copyOfRange(content, 10, content.length));
        Files.write(trace, withBlock(odd, 1));
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.damage().orElse(""))
                    .contains("scheme must be http, https or dns, was '?????")
                    .contains("...")
                    .hasSizeLessThan(300);
        }
    }

    /** Whoever looks for secrets need not look into a message's request. */
    @Test
    void aMessageThatHasWhatOnlyRequestsHaveIsDamage() throws Exception {
        byte[] message = {0, 2, 'c', 2, 'd', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 6, 0, 0};
        Files.write(trace, withBlock(message, 1));
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.hasNextEntry()).isTrue();
        }
        byte[] odd = join(Arrays.copyOf(message, 8), new byte[] {2, '/'}, Arrays.copyOfRange(message, 9, 21));
        Files.write(trace, withBlock(odd, 1));
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.hasNextEntry()).isFalse();
            assertThat(reader.damage().orElse("")).contains("a message has what only requests have");
        }
    }

    /** A request of the fewest bytes there are. */
    private static byte[] smallest() {
        return new byte[] {0, 2, 'c', 0, 0, 8, 'h', 't', 't', 'p', 2, 'G', 0, 2, '/', 0, 0, 0, 0, 0, 0};
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        return all;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) joined.writeBytes(part);
        return joined.toByteArray();
    }

    /** The file's header and one block. */
    private byte[] withBlock(byte[] content, long count) {
        byte[] head = Arrays.copyOf(whole, ends.get(0));
        byte[] packed = Zstd.compress(content);
        byte[] marker = Arrays.copyOfRange(head, head.length - ContainerHeader.MARKER_LENGTH, head.length);
        return join(head, varint(count), varint(packed.length), packed, marker);
    }

    private static byte[] varint(long positive) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long bits = positive << 1;
        for (; bits > 0x7f; bits >>>= 7) out.write((int) (bits & 0x7f | 0x80));
        out.write((int) bits);
        return out.toByteArray();
    }
}
