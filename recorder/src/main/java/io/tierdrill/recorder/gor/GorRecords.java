package io.tierdrill.recorder.gor;

import io.tierdrill.recorder.fields.ByteInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a recording at its separators. Of a record as much is kept as a head and a body worth keeping need; the rest is
 * counted. One thread.
 */
final class GorRecords {
    /** A line feed, three monkeys in UTF-8, a line feed. */
    private static final byte[] SEPARATOR = {
        '\n',
        (byte) 0xf0,
        (byte) 0x9f,
        (byte) 0x90,
        (byte) 0xb5,
        (byte) 0xf0,
        (byte) 0x9f,
        (byte) 0x99,
        (byte) 0x88,
        (byte) 0xf0,
        (byte) 0x9f,
        (byte) 0x99,
        (byte) 0x89,
        '\n'
    };

    private final ByteInput in;
    private final int mostKept;
    private byte[] bytes = new byte[1 << 13];
    private int kept;
    private long length;
    private long number;
    private long line;
    private long offset;
    private boolean separated;

    GorRecords(InputStream in, int mostKept) {
        this.in = new ByteInput(in);
        this.mostKept = mostKept;
    }

    /** Moves to the next record; false at the end. */
    boolean next() throws IOException {
        kept = 0;
        length = 0;
        offset = in.position();
        int matched = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (in.position() == offset + 1) line = in.line();
            if (b == (SEPARATOR[matched] & 0xff)) {
                if (++matched == SEPARATOR.length) return whole(true);
                continue;
            }
            // No proper end of the separator's beginning is a beginning itself, but for the line feed.
            for (int i = 0; i < matched; i++) add(SEPARATOR[i]);
            matched = b == '\n' ? 1 : 0;
            if (matched == 0) add((byte) b);
        }
        for (int i = 0; i < matched; i++) add(SEPARATOR[i]);
        return length > 0 && whole(false);
    }

    /** The record's bytes from 0 to {@link #kept}. */
    byte[] bytes() {
        return bytes;
    }

    int kept() {
        return kept;
    }

    /** All bytes of the record, also those not kept. */
    long length() {
        return length;
    }

    /** From 1. */
    long number() {
        return number;
    }

    /** The line in which it begins, from 1. */
    long line() {
        return line;
    }

    /** Where it begins in the file, in bytes from 0. */
    long offset() {
        return offset;
    }

    /** Whether a separator stood behind it; without, the file was cut. */
    boolean separated() {
        return separated;
    }

    private boolean whole(boolean withSeparator) {
        separated = withSeparator;
        number++;
        return true;
    }

    private void add(byte b) {
        length++;
        if (kept == mostKept) return;
        if (kept == bytes.length) bytes = Arrays.copyOf(bytes, Math.min(mostKept, 2 * bytes.length));
        bytes[kept++] = b;
    }
}
