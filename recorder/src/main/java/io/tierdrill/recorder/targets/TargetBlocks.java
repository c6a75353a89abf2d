package io.tierdrill.recorder.targets;

import io.tierdrill.recorder.fields.LongLines;
import io.tierdrill.recorder.input.Units;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * vegeta's plain targets, cut apart: each begins with a line that is neither blank nor a comment, and goes on to a blank
 * line or to the next that begins like a request. So every line but blank ones and comments is part of a target. One thread.
 */
final class TargetBlocks implements Units {
    private final LongLines lines;
    private final int mostBytes;
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private long number;
    private long line;
    private boolean tooLong;
    /** Whether a line was read that belongs to no target yet. */
    private boolean ahead;

    TargetBlocks(InputStream in, int mostBytes) {
        this.lines = new LongLines(in, mostBytes);
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean next() throws IOException {
        length = 0;
        tooLong = false;
        while (peek() && (isBlank() || isComment())) ahead = false;
        if (!ahead) return false;
        line = lines.number();
        number++;
        do {
            add();
            ahead = false;
        } while (peek() && !isBlank() && !isRequest());
        return true;
    }

    private boolean peek() throws IOException {
        if (!ahead) ahead = lines.next();
        return ahead;
    }

    private boolean isBlank() {
        return text() == lines.to();
    }

    private boolean isComment() {
        return lines.bytes()[text()] == '#';
    }

    private boolean isRequest() {
        return TextTargetParser.isRequest(lines.bytes(), text(), lines.to());
    }

    /** Where it begins that is more than blanks. */
    private int text() {
        int at = lines.from();
        while (at < lines.to() && lines.bytes()[at] >= 0 && lines.bytes()[at] <= ' ') at++;
        return at;
    }

    private void add() {
        int more = lines.to() - lines.from();
        tooLong |= lines.tooLong() || length + more >= mostBytes;
        if (tooLong) return;
        if (length + more + 1 > bytes.length) bytes = Arrays.copyOf(bytes, 2 * (length + more + 1));
        if (length > 0) bytes[length++] = '\n';
        System.arraycopy(lines.bytes(), lines.from(), bytes, length, more);
        length += more;
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
    public long line() {
        return line;
    }

    @Override
    public boolean tooLong() {
        return tooLong;
    }
}
