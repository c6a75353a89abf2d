package io.tierdrill.model.run;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.RequestSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Reads {@code requests.avro} one request at a time, in the order they were done. A file cut by a kill reads up to its
 * last whole block; a damaged one throws {@link java.io.UncheckedIOException}. Belongs to one thread.
 */
public final class RequestSampleReader implements Iterator<RequestSample>, AutoCloseable {
    private final WholeBlocks<RequestSample> blocks;

    private RequestSampleReader(WholeBlocks<RequestSample> blocks) {
        this.blocks = blocks;
    }

    /** @throws BadInputException if there is no such file or it is not a file of request samples */
    public static RequestSampleReader open(Path path) throws IOException, BadInputException {
        return new RequestSampleReader(AvroFile.open(path, new RequestForm(), "requests.avro"));
    }

    @Override
    public boolean hasNext() {
        return blocks.hasNext();
    }

    @Override
    public RequestSample next() {
        return blocks.next();
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
