package io.tierdrill.recorder.line;

import io.tierdrill.recorder.input.Units;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into lines without copying them: {@link #bytes} from {@link #from} to {@link #to}, until the next call
 * of {@link #next}. Ends of line are LF or CRLF; the last line may lack one. One thread.
 */
public final class LineReader implements Units {
    /** Servers limit request lines to 8 KiB or less; escapes and two headers do not reach this. */
    public static final int MOST_LINE_BYTES = 64 << 10;

    private final InputStream in;
    private final Scan scan = new Scan();
    private final byte[] buffer = new byte[4 * MOST_LINE_BYTES];
    private int filled;
    private int from;
    private int to;
    private int nextFrom;
    private long number;
    private boolean tooLong;
    private boolean ended;

    public LineReader(InputStream in) {
        this.in = in;
    }

    @Override
    public boolean next() throws IOException {
        from = nextFrom;
        tooLong = false;
        int scanned = from;
        while (true) {
            int newline = indexOfNewline(scanned);
            if (newline >= 0) return line(newline, newline + 1);
            if (ended) return from < filled && line(filled, filled);
            if (filled - from > MOST_LINE_BYTES) return skipRest();
            scanned = filled - from;
            fill();
        }
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public long number() {
        return number;
    }

    /** Whether the line was longer than {@link #MOST_LINE_BYTES}; only its beginning is there. */
    @Override
    public boolean tooLong() {
        return tooLong;
    }

    /** Whether nothing follows this line. Only of input that never makes wait, such as bytes in memory. */
    boolean atEnd() {
        return ended && nextFrom == filled;
    }

    /** Whether the line holds nothing but spaces. */
    public boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') return false;
        }
        return true;
    }

    private boolean line(int end, int next) {
        to = end > from && end < next && buffer[end - 1] == '\r' ? end - 1 : end;
        tooLong = to - from > MOST_LINE_BYTES;
        if (tooLong) to = from + MOST_LINE_BYTES;
        nextFrom = next;
        number++;
        return true;
    }

    private int indexOfNewline(int start) {
        int at = scan.indexOf(buffer, start, filled, (byte) '\n');
        return at == filled ? -1 : at;
    }

    /** Moves what is left to the front and reads more behind it. */
    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        from = 0;
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) ended = true;
        else filled += read;
    }

    /** Keeps the beginning of an endless line at the front of the buffer and reads to its end behind it. */
    private boolean skipRest() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, MOST_LINE_BYTES);
        from = 0;
        to = MOST_LINE_BYTES;
        tooLong = true;
        number++;
        while (true) {
            filled = MOST_LINE_BYTES;
            int read = in.read(buffer, filled, buffer.length - filled);
            ended = read < 0;
            if (!ended) filled += read;
            int newline = indexOfNewline(MOST_LINE_BYTES);
            if (newline >= 0 || ended) {
                nextFrom = newline >= 0 ? newline + 1 : filled;
                return true;
            }
        }
    }
}
