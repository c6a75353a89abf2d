package io.tierdrill.model.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The records of all whole blocks of a container. Belongs to one thread.
 *
 * <p>It goes block by block because Avro 1.12 alone gets one cut wrong: when a file ends between the count and the size
 * of a block, {@code DataFileStream.hasNext} answers true and offers the block before once more, or nothing at all.
 */
final class WholeBlocks<T> implements Iterator<T>, AutoCloseable {
    private final Path path;
    private final AvroForm<T> form;
    private final DataFileStream<T> stream;
    private ByteBuffer block;
    private BinaryDecoder records;
    private long left;
    private boolean ended;

    WholeBlocks(Path path, AvroForm<T> form, DataFileStream<T> stream) {
        this.path = path;
        this.form = form;
        this.stream = stream;
    }

    /** @throws UncheckedIOException if the file is damaged rather than cut */
    @Override
    public boolean hasNext() {
        try {
            while (left == 0 && !ended) ended = !nextBlock();
            return !ended;
        } catch (IOException | AvroRuntimeException cause) {
            throw damaged(cause);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) throw new NoSuchElementException();
        try {
            T record = form.read(null, records);
            left--;
            if (left == 0 && !records.isEnd()) throw new IOException("bytes are left over");
            return record;
        } catch (IOException | RuntimeException cause) {
            throw damaged(cause);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private boolean nextBlock() throws IOException {
        if (!stream.hasNext()) return false;
        ByteBuffer before = block;
        try {
            block = stream.nextBlock();
        } catch (IllegalStateException cutBetweenCountAndSize) {
            return false;
        }
        if (block == null || block == before) return false;
        left = stream.getBlockCount();
        records = DecoderFactory.get()
                .binaryDecoder(block.array(), block.arrayOffset() + block.position(), block.remaining(), records);
        return true;
    }

    private UncheckedIOException damaged(Exception cause) {
        ended = true;
        left = 0;
        return new UncheckedIOException(new IOException(path + ": a block is damaged: " + cause.getMessage(), cause));
    }
}
