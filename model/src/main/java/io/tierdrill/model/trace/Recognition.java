package io.tierdrill.model.trace;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;

/** Tells a trace from everything else people pass by mistake, in words that say what it is and what to do. */
final class Recognition {
    private static final String GIVE_A_TRACE =
            "Give the path of a trace. 'tierdrill import FILE -o TRACE' makes one from access logs.";

    private Recognition() {}

    /** Refuses what is no file at all. */
    static void refuseNoFile(Path path) throws BadInputException {
        if (!Files.exists(path)) throw refuse(path, "there is no such file");
        if (Files.isDirectory(path)) throw refuse(path, "is a directory");
        if (!Files.isRegularFile(path)) throw refuse(path, "is not a regular file");
        if (!Files.isReadable(path)) throw refuse(path, "may not be read by this user");
    }

    /** Refuses what does not begin as an Avro container does; a beginning too short to tell is left to the caller. */
    static void refuseForeign(byte[] start, Path path) throws BadInputException {
        if (start.length == 0) throw refuse(path, "is empty");
        byte[] magic = ContainerHeader.magic();
        int seen = Math.min(start.length, magic.length);
        if (Arrays.equals(start, 0, seen, magic, 0, seen)) return;
        if (start.length > 1 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b)
            throw refuse(path, "is gzip data, not a trace");
        throw refuse(path, "is not a trace: it does not begin with the bytes of an Avro container");
    }

    /** Refuses Avro containers of other things and of other times. */
    static void refuseOtherSchema(Map<String, String> meta, Path path) throws BadInputException {
        String schema = meta.getOrDefault(TraceSchema.SCHEMA_KEY, "");
        String format = meta.get(TraceSchema.FORMAT_KEY);
        if (format == null) throw refuse(path, "is an Avro file of " + nameOf(schema) + ", not a trace");
        if (!isRead(format))
            throw new BadInputException(new Problem(
                    path.toString(),
                    TraceSchema.FORMAT_KEY,
                    "found \"" + format + "\", this version reads 1 to " + TraceSchema.FORMAT,
                    "Use the version of Tierdrill that wrote it, or import it again."));
        if (!sameSchema(schema, Integer.parseInt(format)))
            throw refuse(path, "says it is a trace, but its schema is not that of a trace");
        String codec = meta.getOrDefault(TraceSchema.CODEC_KEY, "null");
        if (!codec.equals(TraceSchema.CODEC))
            throw refuse(path, "has blocks in codec \"" + codec + "\"; a trace has " + TraceSchema.CODEC);
    }

    private static String nameOf(String schema) {
        try {
            return TraceSchema.nameOf(schema);
        } catch (AvroRuntimeException noSchema) {
            return "something unknown";
        }
    }

    private static boolean isRead(String format) {
        for (int known = 1; known <= TraceSchema.FORMAT; known++)
            if (format.equals(Integer.toString(known))) return true;
        return false;
    }

    private static boolean sameSchema(String schema, int format) {
        try {
            return TraceSchema.same(schema, TraceSchema.text(format));
        } catch (AvroRuntimeException noSchema) {
            return false;
        }
    }

    private static BadInputException refuse(Path path, String what) {
        return new BadInputException(new Problem(path.toString(), "", what, GIVE_A_TRACE));
    }
}
