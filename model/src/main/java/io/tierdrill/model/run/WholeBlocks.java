package io.tierdrill.model.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;

/** The records of all whole blocks of a container. Belongs to one thread. */
final class WholeBlocks<T> implements Iterator<T>, AutoCloseable {
    private final Path path;
    private final DataFileStream<T> stream;
    private boolean ended;

    WholeBlocks(Path path, DataFileStream<T> stream) {
        this.path = path;
        this.stream = stream;
    }

    /**
     * Latches the end: asked again after a cut block, Avro would offer records it does not have.
     *
     * @throws UncheckedIOException if the file is damaged rather than cut
     */
    @Override
    public boolean hasNext() {
        if (ended) return false;
        try {
            ended = !stream.hasNext();
            return !ended;
        } catch (AvroRuntimeException damaged) {
            throw damaged(damaged);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) throw new NoSuchElementException();
        try {
            return stream.next();
        } catch (AvroRuntimeException damaged) {
            throw damaged(damaged);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private UncheckedIOException damaged(AvroRuntimeException cause) {
        ended = true;
        return new UncheckedIOException(new IOException(path + ": a block is damaged: " + cause.getMessage(), cause));
    }
}
