package io.tierdrill.model.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;

/**
 * How one kind of record stands in an Avro block, written by hand: twice as quick to read as Avro's generic records,
 * and free of the reflection of its specific ones. The schema in the resources and the code here say the same; a test
 * reads the files back through Avro's generic reader to hold them to it.
 */
abstract class AvroForm<T> implements DatumReader<T>, DatumWriter<T> {
    private final Schema schema;

    AvroForm(String resource) {
        try (InputStream text = AvroForm.class.getResourceAsStream(resource)) {
            this.schema = new Schema.Parser().parse(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    final Schema schema() {
        return schema;
    }

    /** Whether records of this schema can be read: those of our own, unless a form knows how older ones stood. */
    boolean reads(Schema written) {
        return written.equals(schema);
    }

    /** Ignored: files of another schema are refused when they are opened, see {@link AvroFile#open}. */
    @Override
    public void setSchema(Schema written) {}
}
