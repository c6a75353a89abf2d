package io.tierdrill.model.run;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;

/**
 * Avro containers of a run folder:
 *
 * <pre>
 *   Obj 1 | schema, codec | sync | block | sync | block | sync | ...
 *                                  count, size, zstd(records)
 * </pre>
 *
 * A block is on the disk or it is not, so what a kill leaves behind is whole up to its last whole block.
 */
final class AvroFile {
    private static final int ZSTD_LEVEL = 3;
    private static final int BLOCK_BYTES = 64 << 10;

    private AvroFile() {}

    /** Starts a new file, over any old one. The writer belongs to one thread. */
    static <T> DataFileWriter<T> create(Path path, AvroForm<T> form) throws IOException {
        return create(Files.newOutputStream(path), form);
    }

    static <T> DataFileWriter<T> create(OutputStream bytes, AvroForm<T> form) throws IOException {
        DataFileWriter<T> writer = new DataFileWriter<>(form);
        writer.setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL));
        writer.setSyncInterval(BLOCK_BYTES);
        return writer.create(form.schema(), bytes);
    }

    /**
     * Opens a file for reading from its start.
     *
     * @param producer what writes such files, for the message
     * @throws BadInputException if there is none, or it is not one of ours
     */
    static <T> WholeBlocks<T> open(Path path, AvroForm<T> form, String producer) throws IOException, BadInputException {
        if (!Files.isRegularFile(path)) throw RunFiles.missing(path);
        InputStream bytes = new BufferedInputStream(Files.newInputStream(path), BLOCK_BYTES);
        try {
            DataFileStream<T> stream = new DataFileStream<>(bytes, form);
            if (form.reads(stream.getSchema())) return new WholeBlocks<>(path, form, stream);
        } catch (IOException | AvroRuntimeException notAvro) {
            bytes.close();
            throw foreign(path, "not an Avro file, or cut before its first block", producer);
        }
        bytes.close();
        throw foreign(path, "an Avro file of another schema", producer);
    }

    private static BadInputException foreign(Path path, String what, String producer) {
        return new BadInputException(
                new Problem(path.toString(), "", what, "Expected the " + producer + " of a run of this version."));
    }
}
