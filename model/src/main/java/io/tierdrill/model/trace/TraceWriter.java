package io.tierdrill.model.trace;

import com.github.luben.zstd.ZstdCompressCtx;
import io.tierdrill.model.config.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a trace: an Avro object container with zstandard blocks, readable by anything that reads Avro. Records are
 * encoded by hand and gathered to blocks of about 64 KiB before compression; a block reaches the file in one piece or,
 * after a kill, is recognised as cut. Every block carries a checksum. Write records in order of offset. Belongs to one
 * thread.
 *
 * <p>After an {@link IOException} nothing is lost that was gathered: the next {@link #flush} writes the block again at
 * the same place.
 */
public final class TraceWriter implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 << 10;
    /** Half of what a reader takes for a block, so that even content that does not compress fits. */
    private static final int MOST_RECORD_BYTES = BlockReader.MOST_BLOCK_BYTES / 2;

    private static final int LEVEL = 3;

    private final FileChannel file;
    private final byte[] marker;
    private final BlockBuffer block = new BlockBuffer();
    private final RecordEncoder encoder = new RecordEncoder(block);
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private long end;
    private long inBlock;
    private long count;
    private boolean closed;

    private TraceWriter(FileChannel file, byte[] marker, long end, long count) {
        this.file = file;
        this.marker = marker;
        this.end = end;
        this.count = count;
    }

    /** A new trace, readable by its owner only; what was in the file is gone. */
    public static TraceWriter create(Path path, TraceHeader header) throws IOException {
        Map<String, String> meta = meta(header);
        byte[] marker = marker(meta);
        byte[] head = ContainerHeader.encode(meta, marker);
        FileChannel file = PrivateFile.create(path);
        try {
            writeFully(file, ByteBuffer.wrap(head), 0);
            return new TraceWriter(file, marker, head.length, 0);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** Goes on with a trace. A block that was cut at its end, by a kill for instance, is taken off first. */
    public static TraceWriter append(Path path) throws IOException, BadInputException {
        TraceReader.Extent extent;
        try (TraceReader reader = TraceReader.open(path)) {
            extent = reader.extent();
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            byte[] marker = ContainerHeader.read(file, path).marker();
            file.truncate(extent.end());
            return new TraceWriter(file, marker, extent.end(), extent.count());
        } catch (IOException | BadInputException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /**
     * Adds a record.
     *
     * @throws IOException when the disk fails, or the record alone is larger than 32 MiB
     */
    public void write(RequestRecord record) throws IOException {
        int before = block.size();
        encoder.write(record);
        int size = block.size() - before;
        if (size > MOST_RECORD_BYTES) {
            block.cutTo(before);
            throw new IOException("a request of " + size + " bytes is too large for a trace: at most "
                    + MOST_RECORD_BYTES + " bytes");
        }
        inBlock++;
        count++;
        if (block.size() >= BLOCK_BYTES) flush();
    }

    /** Records in the file and on their way to it, with those that were there before an append. */
    public long count() {
        return count;
    }

    /** Everything written so far survives a kill of this process from here on. */
    public void flush() throws IOException {
        if (inBlock == 0) return;
        byte[] packed = zstd.compress(block.toByteArray());
        ByteArrayOutputStream whole = new ByteArrayOutputStream(packed.length + 40);
        varint(whole, inBlock);
        varint(whole, packed.length);
        whole.write(packed, 0, packed.length);
        whole.write(marker, 0, marker.length);
        writeFully(file, ByteBuffer.wrap(whole.toByteArray()), end);
        end += whole.size();
        inBlock = 0;
        block.cutTo(0);
    }

    /** Writes what is left and closes the file, the latter also when the former fails. */
    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        try (file;
                zstd) {
            flush();
        }
    }

    private static Map<String, String> meta(TraceHeader header) {
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put(TraceSchema.SCHEMA_KEY, TraceSchema.text());
        meta.put(TraceSchema.CODEC_KEY, TraceSchema.CODEC);
        meta.put(TraceSchema.FORMAT_KEY, Integer.toString(TraceSchema.FORMAT));
        meta.put(TraceSchema.START_KEY, header.start().toString());
        meta.put(TraceSchema.SOURCE_KEY, header.source());
        new TreeMap<>(header.notes()).forEach((key, note) -> meta.put(TraceSchema.NOTE_PREFIX + key, note));
        return meta;
    }

    /** From the metadata, not from chance: the same requests make the same file, byte for byte. */
    private static byte[] marker(Map<String, String> meta) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(meta.toString().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, ContainerHeader.MARKER_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static void varint(ByteArrayOutputStream out, long positive) {
        long bits = positive << 1;
        for (; bits > 0x7f; bits >>>= 7) out.write((int) (bits & 0x7f | 0x80));
        out.write((int) bits);
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) to += file.write(bytes, to);
    }

    /** Bytes that can be taken back. */
    private static final class BlockBuffer extends ByteArrayOutputStream {
        void cutTo(int length) {
            count = length;
        }
    }
}
