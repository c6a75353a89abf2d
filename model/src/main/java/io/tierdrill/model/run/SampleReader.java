package io.tierdrill.model.run;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code samples.avro}. A file cut by a kill reads up to its last whole block. */
public final class SampleReader {
    private SampleReader() {}

    /**
     * All samples in the order they were written.
     *
     * @throws BadInputException if there is no such file or it is not a file of samples
     * @throws IOException if it is damaged or cannot be read
     */
    public static List<Sample> read(Path path) throws IOException, BadInputException {
        try (WholeBlocks<Sample> samples = AvroFile.open(path, new SampleForm(), "samples.avro")) {
            List<Sample> all = new ArrayList<>();
            samples.forEachRemaining(all::add);
            return List.copyOf(all);
        } catch (UncheckedIOException damaged) {
            throw damaged.getCause();
        }
    }
}
