package io.tierdrill.model.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
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
    private final List<Schema> earlier;

    /**
     * @param resource the schema that is written
     * @param before schemas of earlier versions whose files decode alike: nothing but ends of unions and enums was added
     */
    AvroForm(String resource, String... before) {
        this.schema = schema(resource);
        this.earlier = Stream.of(before).map(AvroForm::schema).toList();
    }

    private static Schema schema(String resource) {
        try (InputStream text = AvroForm.class.getResourceAsStream(resource)) {
            return new Schema.Parser().parse(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    final Schema schema() {
        return schema;
    }

    /** Whether records of this schema can be read: those of our own, unless a form knows how older ones stood. */
    boolean reads(Schema written) {
        return written.equals(schema) || earlier.contains(written);
    }

    /** Ignored: files of another schema are refused when they are opened, see {@link AvroFile#open}. */
    @Override
    public void setSchema(Schema written) {}
}
