package io.tierdrill.recorder.fields;

import io.tierdrill.recorder.input.Units;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines that may hold bodies: up to a bound given, in memory that grows to the longest. One thread. */
public final class LongLines implements Units {
    private final ByteInput in;
    private final int mostBytes;
    private byte[] bytes = new byte[1 << 13];
    private int length;
    private long number;
    private boolean tooLong;

    public LongLines(InputStream in, int mostBytes) {
        this.in = new ByteInput(in);
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean next() throws IOException {
        length = 0;
        tooLong = false;
        int b = in.read();
        if (b < 0) return false;
        for (; b >= 0 && b != '\n'; b = in.read()) add(b);
        if (length > 0 && bytes[length - 1] == '\r') length--;
        number++;
        return true;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int to() {
        return length;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean tooLong() {
        return tooLong;
    }

    private void add(int b) {
        tooLong = length == mostBytes;
        if (tooLong) return;
        if (length == bytes.length) bytes = Arrays.copyOf(bytes, Math.min(mostBytes, 2 * bytes.length));
        bytes[length++] = (byte) b;
    }
}
