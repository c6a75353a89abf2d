package io.tierdrill.model.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schema in {@code request.avsc} and the names of the container's metadata. Whoever changes the schema raises
 * {@link #FORMAT} and teaches {@link RecordDecoder} the old one.
 */
final class TraceSchema {
    /** Version of the schema, written as {@link #FORMAT_KEY}. */
    static final int FORMAT = 1;

    static final String FORMAT_KEY = "tierdrill.format";
    static final String START_KEY = "tierdrill.start";
    static final String SOURCE_KEY = "tierdrill.source";
    static final String FOOTER_KEY = "tierdrill.footer";
    static final String NOTE_PREFIX = "tierdrill.note.";

    static final String SCHEMA_KEY = "avro.schema";
    static final String CODEC_KEY = "avro.codec";
    static final String CODEC = "zstandard";

    private TraceSchema() {}

    /** The schema as it stands in the repository. */
    static String text() {
        try (InputStream in = TraceSchema.class.getResourceAsStream("request.avsc")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("request.avsc is missing from the jar", broken);
        }
    }

    /** Whether both describe the same bytes; documentation and spacing do not count. */
    static boolean same(String one, String other) {
        if (one.equals(other)) return true;
        return SchemaNormalization.parsingFingerprint64(parse(one))
                == SchemaNormalization.parsingFingerprint64(parse(other));
    }

    /** Full name of the schema's type, for messages. */
    static String nameOf(String schema) {
        return parse(schema).getFullName();
    }

    /** @throws AvroRuntimeException when the text is no Avro schema */
    private static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }
}
