package io.tierdrill.model.run;

import io.tierdrill.model.sample.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileWriter;

/**
 * Writes {@code samples.avro}, schema {@code samples.avsc}. Safe from any thread; a call may wait for the disk. A kill
 * loses at most the last {@value #PER_BLOCK} samples, about a second of a stack of fourteen.
 */
public final class SampleWriter implements Consumer<Sample>, AutoCloseable {
    private static final int PER_BLOCK = 512;

    private final DataFileWriter<Sample> out;
    private int inBlock;

    private SampleWriter(DataFileWriter<Sample> out) {
        this.out = out;
    }

    /** Starts a new file, over any old one. */
    public static SampleWriter create(Path path) throws IOException {
        return new SampleWriter(AvroFile.create(path, new SampleForm()));
    }

    /** @throws UncheckedIOException if the disk does not take it */
    @Override
    public synchronized void accept(Sample sample) {
        try {
            out.append(sample);
            if (++inBlock < PER_BLOCK) return;
            inBlock = 0;
            out.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
