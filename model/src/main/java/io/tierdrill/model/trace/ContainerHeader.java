package io.tierdrill.model.trace;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * The head of an Avro object container: {@code 'O' 'b' 'j' 1}, a map of metadata, 16 bytes of marker. The marker ends
 * every block, so that a reader finds its way back after damage.
 *
 * @param meta metadata, values as text
 * @param marker the file's 16 bytes
 * @param length of the head in bytes; the first block begins there
 * @param footerAt where the bytes of the {@link TraceFooter} begin; empty in traces from before there was one
 */
record ContainerHeader(Map<String, String> meta, byte[] marker, int length, OptionalInt footerAt) {
    static final int MARKER_LENGTH = 16;

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};

    /** Heads are a few kilobytes; whatever claims more is damaged. */
    private static final int MOST_BYTES = 1 << 20;

    /** What every container begins with. */
    static byte[] magic() {
        return MAGIC.clone();
    }

    /** The bytes of a head as it is written: with room for the footer as its last entry. */
    static byte[] encodeWithFooter(Map<String, String> meta, byte[] marker, TraceFooter footer) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(meta);
        all.put(TraceSchema.FOOTER_KEY, new String(footer.encode(), StandardCharsets.US_ASCII));
        return encode(all, marker);
    }

    /** Where the footer stands in a head of this length: before the end of the map and the marker. */
    static int footerAt(int length) {
        return length - MARKER_LENGTH - 1 - TraceFooter.LENGTH;
    }

    /** The bytes of a head. */
    static byte[] encode(Map<String, String> meta, byte[] marker) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        out.writeFixed(MAGIC);
        out.writeMapStart();
        out.setItemCount(meta.size());
        for (Map.Entry<String, String> entry : meta.entrySet()) {
            out.startItem();
            out.writeString(entry.getKey());
            out.writeBytes(entry.getValue().getBytes(StandardCharsets.UTF_8));
        }
        out.writeMapEnd();
        out.writeFixed(marker);
        out.flush();
        return bytes.toByteArray();
    }

    /** The head of the file; {@code name} stands for it in messages. */
    static ContainerHeader read(FileChannel file, Path name) throws IOException, BadInputException {
        byte[] start = start(file);
        Recognition.refuseForeign(start, name);
        try {
            return decode(start);
        } catch (EOFException cut) {
            if (start.length == MOST_BYTES) throw damaged(name);
            throw new BadInputException(new Problem(
                    name.toString(),
                    "",
                    "is cut off within its header, after " + start.length + " bytes",
                    "No request can be recovered from it. Record or import it again."));
        } catch (IOException malformed) {
            throw damaged(name);
        }
    }

    private static ContainerHeader decode(byte[] start) throws IOException {
        AvroBytes in = new AvroBytes();
        in.reset(start, Math.min(MAGIC.length, start.length), start.length);
        Map<String, String> meta = new LinkedHashMap<>();
        OptionalInt footerAt = OptionalInt.empty();
        for (long items = in.readItems(); items != 0; items = in.readItems()) {
            for (long i = 0; i < items; i++) {
                String key = in.readString();
                byte[] value = in.readBytes();
                meta.put(key, new String(value, StandardCharsets.UTF_8));
                if (key.equals(TraceSchema.FOOTER_KEY) && value.length == TraceFooter.LENGTH)
                    footerAt = OptionalInt.of(in.position() - value.length);
            }
        }
        return new ContainerHeader(meta, in.readFixed(MARKER_LENGTH), in.position(), footerAt);
    }

    private static byte[] start(FileChannel file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(file.size(), MOST_BYTES));
        while (start.hasRemaining() && file.read(start, start.position()) >= 0) {
            // read again until the buffer is full or the file ends
        }
        byte[] bytes = new byte[start.position()];
        start.flip().get(bytes);
        return bytes;
    }

    private static BadInputException damaged(Path name) {
        return new BadInputException(new Problem(
                name.toString(),
                "",
                "has a damaged header",
                "No request can be recovered from it. Record or import it again."));
    }
}
