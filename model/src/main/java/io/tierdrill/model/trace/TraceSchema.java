package io.tierdrill.model.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schema in {@code request.avsc} and the names of the container's metadata. Whoever changes the schema raises
 * {@link #FORMAT}, keeps the old one beside it and teaches {@link RecordDecoder} to read it. Format 1 had requests only,
 * and not the last field.
 */
final class TraceSchema {
    /** Version of the schema, written as {@link #FORMAT_KEY}. */
    static final int FORMAT = 2;

    /** The first with messages in it. */
    static final int FORMAT_WITH_MESSAGES = 2;

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
        return text(FORMAT);
    }

    /** That of a version, from 1 on. */
    static String text(int format) {
        String name = format == FORMAT ? "request.avsc" : "request-" + format + ".avsc";
        try (InputStream in = TraceSchema.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(name + " is missing from the jar", broken);
        }
    }

    /** Of a container's metadata that was found to be that of a trace. */
    static int format(Map<String, String> meta) {
        return Integer.parseInt(meta.get(FORMAT_KEY));
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
