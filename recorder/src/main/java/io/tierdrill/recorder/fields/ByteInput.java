package io.tierdrill.recorder.fields;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes one by one, and where they stood. Without the locks of {@link java.io.BufferedInputStream}. One thread. The
 * place is that of the byte read last.
 */
public final class ByteInput {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long before;
    private long line = 1;
    private long lineFrom;
    private boolean lineEnded;

    public ByteInput(InputStream in) {
        this.in = in;
    }

    /** The next byte from 0 to 255, or less than 0 at the end. */
    public int read() throws IOException {
        if (at == filled && !fill()) return -1;
        if (lineEnded) nextLine();
        byte b = buffer[at++];
        lineEnded = b == '\n';
        return b & 0xff;
    }

    /** How many bytes were read. */
    public long position() {
        return before + at;
    }

    /** From 1. */
    public long line() {
        return line;
    }

    /** From 1, in bytes; of what is longer than two thousand million, the largest number there is. */
    public int column() {
        return (int) Math.min(Integer.MAX_VALUE, position() - lineFrom);
    }

    private void nextLine() {
        line++;
        lineFrom = position();
    }

    private boolean fill() throws IOException {
        before += filled;
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }
}
