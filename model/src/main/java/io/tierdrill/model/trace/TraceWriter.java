package io.tierdrill.model.trace;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.tierdrill.model.config.BadInputException;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes a trace: an Avro object container with zstandard blocks, readable by anything that reads Avro. Records are
 * encoded by hand and gathered to blocks of about 256 KiB before compression; a block reaches the file in one piece or,
 * after a kill, is recognised as cut. Every block carries a checksum. Write records in order of offset. Belongs to one
 * thread.
 *
 * <p>After an {@link IOException} nothing is lost that was gathered: the next {@link #flush} writes the block again at
 * the same place.
 */
public final class TraceWriter implements AutoCloseable {
    private static final int BLOCK_BYTES = 256 << 10;
    /** Half of what a reader takes for a block, so that even content that does not compress fits. */
    private static final int MOST_RECORD_BYTES = BlockReader.MOST_BLOCK_BYTES / 2;

    /** Level 1 of 256 KiB is smaller than level 3 of 64 KiB was, at a third of the time: see docs/benchmarks.md. */
    private static final int LEVEL = 1;

    /** Two varints and the marker around the content of a block. */
    private static final int FRAME_BYTES = 40;

    private final FileChannel file;
    private final byte[] marker;
    private final FooterPlace footer;
    private final RecordEncoder block = new RecordEncoder();
    private byte[] packed = new byte[0];
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private long end;
    private final boolean takesMessages;
    private long requestsInBlock;
    private long messagesInBlock;
    private long requests;
    private long messages;
    private long lastOffset;
    private boolean closed;

    private TraceWriter(
            FileChannel file, byte[] marker, FooterPlace footer, TraceReader.Extent extent, boolean takesMessages) {
        this.file = file;
        this.marker = marker;
        this.footer = footer;
        this.end = extent.end();
        this.requests = extent.requests();
        this.messages = extent.messages();
        this.lastOffset = extent.lastOffset();
        this.takesMessages = takesMessages;
    }

    /** A new trace, readable by its owner only; what was in the file is gone. */
    public static TraceWriter create(Path path, TraceHeader header) throws IOException {
        Map<String, String> meta = meta(header);
        byte[] marker = marker(meta);
        byte[] head = ContainerHeader.encodeWithFooter(meta, marker, TraceFooter.open());
        FileChannel file = PrivateFile.create(path);
        try {
            writeFully(file, ByteBuffer.wrap(head), 0);
            FooterPlace footer = FooterPlace.begun(file, ContainerHeader.footerAt(head.length));
            return new TraceWriter(file, marker, footer, new TraceReader.Extent(head.length, 0, 0, 0), true);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /**
     * Goes on with a trace. A block that was cut at its end, by a kill for instance, is taken off first. The footer says
     * again that the trace is open, and what is dropped from here on is added to what it already said.
     */
    public static TraceWriter append(Path path) throws IOException, BadInputException {
        TraceReader.Extent extent;
        Optional<TraceFooter> before;
        boolean takesMessages;
        try (TraceReader reader = TraceReader.open(path)) {
            extent = reader.extent();
            before = reader.footer();
            takesMessages = reader.takesMessages();
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ContainerHeader header = ContainerHeader.read(file, path);
            file.truncate(extent.end());
            FooterPlace footer = FooterPlace.reopened(file, header.footerAt(), before);
            return new TraceWriter(file, header.marker(), footer, extent, takesMessages);
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
        write(record.offsetNanos(), block -> block.write(record));
    }

    /**
     * Adds a record whose encoder knows a shorter way to it. It writes all of the record, and nothing else.
     *
     * @param offsetNanos of the record
     * @throws IOException when the disk fails, or the record alone is larger than 32 MiB
     */
    public void write(long offsetNanos, Consumer<RecordEncoder> record) throws IOException {
        int before = block.length();
        try {
            record.accept(block);
        } catch (RuntimeException half) {
            block.cutTo(before);
            throw half;
        }
        gathered(before, offsetNanos);
    }

    /**
     * Adds a record whose fields behind the offset are encoded already, in a {@link RecordTail}.
     *
     * @throws IOException as above
     */
    public void write(long offsetNanos, byte[] tail, int from, int to) throws IOException {
        int before = block.length();
        block.write(offsetNanos, tail, from, to);
        gathered(before, offsetNanos);
    }

    /**
     * Adds a message on a WebSocket.
     *
     * @param peer encodes its client and its connection, in this order and nothing else
     * @throws IOException when the disk fails
     * @throws IllegalStateException where the trace does not {@link #takesMessages}
     */
    public void write(PackedMessage message, Consumer<RecordEncoder> peer) throws IOException {
        if (!takesMessages) throw new IllegalStateException("a trace of format 1 has requests only");
        int before = block.length();
        try {
            block.write(message, peer);
        } catch (RuntimeException half) {
            block.cutTo(before);
            throw half;
        }
        messagesInBlock++;
        messages++;
        lastOffset = message.offsetNanos();
        if (block.length() >= BLOCK_BYTES) flushBlock();
    }

    /** The same, of a message that may be written as it is. */
    public void write(MessageRecord message) throws IOException {
        PackedMessage packed = PackedMessage.of(message);
        write(packed, block -> block.encoded(packed.peer(), 0, packed.peer().length));
    }

    /** Whether messages can be added; not where a trace of format 1 is gone on with. */
    public boolean takesMessages() {
        return takesMessages;
    }

    private void gathered(int before, long offsetNanos) throws IOException {
        if (takesMessages) block.noMessage();
        int size = block.length() - before;
        if (size > MOST_RECORD_BYTES) {
            block.cutTo(before);
            throw new IOException("a request of " + size + " bytes is too large for a trace: at most "
                    + MOST_RECORD_BYTES + " bytes");
        }
        requestsInBlock++;
        requests++;
        lastOffset = offsetNanos;
        if (block.length() >= BLOCK_BYTES) flushBlock();
    }

    /** Requests in the file and on their way to it, with those that were there before an append. */
    public long count() {
        return requests;
    }

    /** Of the requests of {@link #count}, those that survive a kill. */
    public long flushed() {
        return requests - requestsInBlock;
    }

    /** Messages, as {@link #count} has requests. */
    public long messages() {
        return messages;
    }

    /** Of the messages of {@link #messages}, those that survive a kill. */
    public long flushedMessages() {
        return messages - messagesInBlock;
    }

    /** Offset of the last request or message in nanoseconds, also of one from before an append; 0 where there is none. */
    public long lastOffset() {
        return lastOffset;
    }

    /** Bytes in the file, and the most that the next flush can add to them. */
    public long bytes() {
        return end + (block.length() == 0 ? 0 : Zstd.compressBound(block.length()) + FRAME_BYTES);
    }

    /**
     * What the footer shall say from the next flush on, of all that was dropped since this writer was made. Whether the
     * trace is closed is written at its close, whatever is said here.
     */
    public void footer(TraceFooter now) {
        footer.say(now);
    }

    /** Everything written so far survives a kill of this process from here on. */
    public void flush() throws IOException {
        flushBlock();
        footer.write();
    }

    /** Writes what is left and closes the file, the latter also when the former fails. */
    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        try (file;
                zstd) {
            try {
                flushBlock();
                footer.sayClosed();
            } finally {
                footer.write();
            }
        }
    }

    byte[] marker() {
        return marker.clone();
    }

    /** Takes blocks that end in this writer's marker, from there to the end of the file, and nothing after them. */
    void adopt(FileChannel blocks, long from) throws IOException {
        file.position(end);
        long size = blocks.size();
        for (long at = from; at < size; ) at += blocks.transferTo(at, size - at, file);
        end += size - from;
    }

    private void flushBlock() throws IOException {
        long inBlock = requestsInBlock + messagesInBlock;
        if (inBlock == 0) return;
        int most = (int) Zstd.compressBound(block.length());
        if (packed.length < most) packed = new byte[most];
        int length = zstd.compressByteArray(packed, 0, most, block.bytes(), 0, block.length());
        ByteBuffer whole = ByteBuffer.allocate(length + FRAME_BYTES);
        varint(whole, inBlock);
        varint(whole, length);
        whole.put(packed, 0, length).put(marker).flip();
        int size = whole.remaining();
        try {
            writeFully(file, whole, end);
        } catch (IOException failed) {
            takeBack(failed);
            throw failed;
        }
        end += size;
        requestsInBlock = 0;
        messagesInBlock = 0;
        block.cutTo(0);
    }

    /** A full disk takes half a block; without it the file is whole, and a writer that goes on writes it again. */
    private void takeBack(IOException failed) {
        try {
            if (file.size() > end) file.truncate(end);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
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

    private static void varint(ByteBuffer out, long positive) {
        long bits = positive << 1;
        for (; bits > 0x7f; bits >>>= 7) out.put((byte) (bits & 0x7f | 0x80));
        out.put((byte) bits);
    }

    static void writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) to += file.write(bytes, to);
    }
}
