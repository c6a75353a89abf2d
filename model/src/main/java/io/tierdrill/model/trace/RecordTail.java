package io.tierdrill.model.trace;

import java.util.Arrays;

/**
 * A request encoded as a trace holds it, but for its offset, which comes first there and may be known last: an import
 * encodes requests as it reads them and puts them in order as bytes. Fields come in the order of {@code request.avsc};
 * texts that come again and again need to be encoded only once. Reused; one thread.
 */
public final class RecordTail {
    private final RecordEncoder encoder = new RecordEncoder();

    /** What was encoded: the first {@link #length} bytes. Good until the next request. */
    public byte[] bytes() {
        return encoder.bytes();
    }

    public int length() {
        return encoder.length();
    }

    /** The next request begins. */
    public void clear() {
        encoder.cutTo(0);
    }

    /** All fields of a request. */
    public void all(RequestRecord record) {
        encoder.tail(record);
    }

    public void text(String text) {
        encoder.text(text);
    }

    /** The same of a text's bytes. */
    public void text(byte[] utf8, int length) {
        encoder.number(length);
        encoder.encoded(utf8, 0, length);
    }

    /** Texts one after the other, as {@link #encoded} takes them. */
    public static byte[] texts(String... texts) {
        RecordEncoder encoder = new RecordEncoder();
        for (String text : texts) encoder.text(text);
        return Arrays.copyOf(encoder.bytes(), encoder.length());
    }

    /** A number of the caller's, in front of the fields; {@link #number(byte[], int)} reads it. */
    public void number(long number) {
        encoder.number(number);
    }

    /** The number that was put there. */
    public static long number(byte[] bytes, int from) {
        long bits = 0;
        int at = from;
        for (int shift = 0; ; shift += 7) {
            bits |= (bytes[at] & 0x7fL) << shift;
            if (bytes[at++] >= 0) return bits >>> 1 ^ -(bits & 1);
        }
    }

    /** What such a tail held before. */
    public void encoded(byte[] bytes, int from, int to) {
        encoder.encoded(bytes, from, to);
    }

    /** Headers follow, so many; none end them as well. */
    public void headers(int count) {
        encoder.number(count);
    }

    /** A request without a body. */
    public void noBody() {
        encoder.number(0);
        encoder.number(0);
        encoder.number(0);
    }

    /** A response whose latency is not known. */
    public void response(int status, long bytes) {
        encoder.number(1);
        encoder.number(status);
        encoder.number(1);
        encoder.number(bytes);
        encoder.number(0);
    }

    public void noResponse() {
        encoder.number(0);
    }
}
