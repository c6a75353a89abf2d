package io.tierdrill.model.trace;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Walks the blocks of a container:
 *
 * <pre>
 *   header | count size data marker | count size data marker | ...
 *            varint varint    16
 * </pre>
 *
 * A block counts only if it is whole: it ends in the marker, its zstd checksum is right, and its bytes are exactly
 * {@code count} records. Behind anything else the reader goes on after the next marker it finds.
 */
final class BlockReader {
    /** No writer makes larger blocks; a size beyond it is damage, not a reason to allocate. */
    static final int MOST_BLOCK_BYTES = 64 << 20;

    private static final int WINDOW = 64 << 10;
    private static final int MOST_PREFIX = 20;
    private static final int MOST_SHOWN = 100;
    private static final String NO_BLOCK = "no block where one should begin";

    private final FileChannel file;
    private final byte[] marker;
    private final RecordDecoder decoder;
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final Damage damage = new Damage();
    private final byte[] prefixBytes = new byte[MOST_PREFIX];
    private final AvroBytes prefix = new AvroBytes();
    private byte[] packed = new byte[WINDOW];
    private byte[] plain = new byte[WINDOW];
    /** Of damaged files only, and then for all their places. */
    private byte[] window = {};

    private long position;
    private long wholeEnd;

    BlockReader(FileChannel file, ContainerHeader header) {
        this.file = file;
        this.marker = header.marker();
        this.decoder = new RecordDecoder(TraceSchema.format(header.meta()));
        this.position = header.length();
        this.wholeEnd = position;
    }

    /** The records of the next whole block, or empty at the end. */
    Optional<List<TraceEntry>> next() throws IOException {
        while (position < file.size()) {
            long start = position;
            try {
                List<TraceEntry> records = block();
                wholeEnd = position;
                return Optional.of(records);
            } catch (BrokenBlockException broken) {
                resync(start, broken);
            }
        }
        return Optional.empty();
    }

    /** Where the last whole block read so far ends. */
    long wholeEnd() {
        return wholeEnd;
    }

    Damage damage() {
        return damage;
    }

    void close() {
        zstd.close();
    }

    private List<TraceEntry> block() throws IOException, BrokenBlockException {
        long count = count();
        long size = number();
        if (count < 0 || size < 0 || size > MOST_BLOCK_BYTES) throw new BrokenBlockException(NO_BLOCK);
        long data = position + prefix.position();
        if (data + size + marker.length > file.size()) throw new BrokenBlockException("a block without its end");
        int end = (int) size;
        load(data, end);
        if (!Arrays.equals(packed, end, end + marker.length, marker, 0, marker.length))
            throw new BrokenBlockException("no marker where a block should end");
        List<TraceEntry> records = unpack(end, count);
        position = data + size + marker.length;
        return records;
    }

    /** The number of records; leaves the cursor before the size. */
    private long count() throws IOException, BrokenBlockException {
        int length = read(ByteBuffer.wrap(prefixBytes), position);
        prefix.reset(prefixBytes, 0, length);
        return number();
    }

    private long number() throws BrokenBlockException {
        try {
            return prefix.readLong();
        } catch (IOException noNumber) {
            throw new BrokenBlockException(NO_BLOCK);
        }
    }

    private void load(long data, int size) throws IOException {
        int length = size + marker.length;
        if (packed.length < length) packed = new byte[length];
        read(ByteBuffer.wrap(packed, 0, length), data);
    }

    private List<TraceEntry> unpack(int size, long count) throws BrokenBlockException {
        try {
            int length = decompress(size);
            return decoder.decode(plain, length, count);
        } catch (ZstdException | IOException wrong) {
            throw new BrokenBlockException("the content of a block is wrong: " + shown(wrong.getMessage()));
        }
    }

    /** A message may quote the file, at any length and with anything in it. */
    private static String shown(String message) {
        String text = message.length() > MOST_SHOWN ? message.substring(0, MOST_SHOWN) + "..." : message;
        StringBuilder safe = new StringBuilder(text);
        for (int i = 0; i < safe.length(); i++) if (Character.isISOControl(safe.charAt(i))) safe.setCharAt(i, '?');
        return safe.toString();
    }

    private int decompress(int size) throws IOException {
        long known = Zstd.getFrameContentSize(packed, 0, size);
        if (known <= 0 || known > MOST_BLOCK_BYTES) return decompressUnknown(size);
        if (plain.length < known) plain = new byte[(int) known];
        return zstd.decompressByteArray(plain, 0, (int) known, packed, 0, size);
    }

    /** Other writers, such as Avro's own, do not note the content size. */
    private int decompressUnknown(int size) throws IOException {
        try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed, 0, size))) {
            plain = in.readNBytes(MOST_BLOCK_BYTES + 1);
        }
        if (plain.length > MOST_BLOCK_BYTES) throw new IOException("more than " + MOST_BLOCK_BYTES + " bytes");
        return plain.length;
    }

    private void resync(long start, BrokenBlockException broken) throws IOException {
        long found = find(start);
        long size = file.size();
        if (found < size) {
            position = found + marker.length;
            damage.skipped(start, position, broken.getMessage());
        } else {
            position = size;
            damage.cut(start, size);
        }
    }

    /** Where the marker next stands at or after {@code from}; the file's size where it does not. */
    private long find(long from) throws IOException {
        if (window.length == 0) window = new byte[WINDOW];
        for (long at = from; at < file.size(); at += WINDOW - marker.length + 1) {
            int length = read(ByteBuffer.wrap(window), at);
            for (int i = 0; i + marker.length <= length; i++) {
                if (window[i] == marker[0] && Arrays.equals(window, i, i + marker.length, marker, 0, marker.length))
                    return at + i;
            }
        }
        return file.size();
    }

    private int read(ByteBuffer target, long from) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int read = file.read(target, from + total);
            if (read < 0) break;
            total += read;
        }
        return total;
    }

    /** Not whole, and why, for the account of damage. */
    private static final class BrokenBlockException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenBlockException(String why) {
            super(why, null, false, false);
        }
    }
}
