package io.tierdrill.model.trace;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads Avro's binary encoding from memory. Unlike Avro's own decoder it never allocates by a length it has not checked
 * against the bytes there are, so damaged and hostile files cost no memory. One thread.
 */
final class AvroBytes {
    private static final int WORDS = 1024;

    private final byte[][] wordBytes = new byte[WORDS][];
    private final String[] words = new String[WORDS];
    private final KnownHeaders known = new KnownHeaders();
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    /** Starts over. */
    void reset(byte[] source, int from, int to) {
        bytes = source;
        position = from;
        end = to;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == end;
    }

    /** A zigzag varint. */
    long readLong() throws IOException {
        long bits = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) throw new EOFException("the bytes end within a number");
            byte b = bytes[position++];
            bits |= (b & 0x7fL) << shift;
            if (b >= 0) return (bits >>> 1) ^ -(bits & 1);
        }
        throw new IOException("a number is longer than 10 bytes");
    }

    int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) throw new IOException("a number is larger than it may be");
        return (int) value;
    }

    boolean readFlag() throws IOException {
        if (position == end) throw new EOFException("the bytes end within a value");
        byte flag = bytes[position++];
        if (flag != 0 && flag != 1) throw new IOException("a boolean is neither true nor false");
        return flag == 1;
    }

    /** Which branch of a union of null and something: true for something. */
    boolean readPresent() throws IOException {
        int branch = readInt();
        if (branch != 0 && branch != 1) throw new IOException("a union has no branch " + branch);
        return branch == 1;
    }

    /** How many items follow in an array or map; 0 at its end. */
    long readItems() throws IOException {
        long items = readLong();
        if (items >= 0) return items;
        // A negative count is followed by the size in bytes, for readers that skip.
        readLong();
        if (items == Long.MIN_VALUE) throw new IOException("an array has no length");
        return -items;
    }

    byte[] readBytes() throws IOException {
        int length = readLength();
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    byte[] readFixed(int length) throws IOException {
        if (length > end - position) throw new EOFException("the bytes end within a value");
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    String readString() throws IOException {
        int length = readLength();
        position += length;
        return length == 0 ? "" : new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    /** A text that comes back often, such as a method or a header's name: mostly the same object again. */
    String readWord() throws IOException {
        int from = position;
        int length = readLength();
        int start = position;
        int hash = length;
        for (int i = start; i < start + length; i++) hash = hash * 31 + bytes[i];
        int slot = (hash ^ hash >>> 15) & WORDS - 1;
        byte[] known = wordBytes[slot];
        if (known != null && Arrays.equals(known, 0, known.length, bytes, start, start + length)) {
            position = start + length;
            return words[slot];
        }
        position = from;
        words[slot] = readString();
        wordBytes[slot] = Arrays.copyOfRange(bytes, start, position);
        return words[slot];
    }

    /** A name and a value: mostly the same object again. */
    RequestRecord.Header readHeader() throws IOException {
        int from = position;
        skipString();
        skipString();
        int to = position;
        int place = known.place(bytes, from, to);
        RequestRecord.Header header = known.at(place, bytes, from, to);
        if (header != null) return header;
        position = from;
        header = new RequestRecord.Header(readWord(), readString());
        known.keep(place, bytes, from, to, header);
        return header;
    }

    private void skipString() throws IOException {
        int length = readLength(); // First, for it moves the position.
        position += length;
    }

    private int readLength() throws IOException {
        long length = readLong();
        if (length < 0) throw new IOException("a length is below 0");
        if (length > end - position) throw new EOFException("the bytes end within a value");
        return (int) length;
    }
}
