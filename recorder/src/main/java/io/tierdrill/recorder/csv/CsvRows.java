package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Units;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts bytes into rows. A line feed within quotes belongs to its row. A quote that never ends does not take the rest of
 * the file with it: then the row is its first line only. One thread.
 */
final class CsvRows implements Units {
    static final int MOST_BYTES = 65_536;

    private final InputStream in;
    private final byte[] buffer;
    private int filled;
    private int from;
    private int to;
    private int nextFrom;
    private long number;
    private long line;
    private long nextLine = 1;
    private boolean tooLong;
    private boolean ended;

    CsvRows(InputStream in) {
        this(in, 4 * MOST_BYTES);
    }

    private CsvRows(InputStream in, int bufferBytes) {
        this.in = in;
        this.buffer = new byte[bufferBytes];
    }

    /** Rows of the beginning of a file, with no more memory than that. One byte more shows that it has ended. */
    static CsvRows of(Head head) {
        return new CsvRows(new ByteArrayInputStream(head.bytes()), head.bytes().length + 1);
    }

    @Override
    public boolean next() throws IOException {
        if (filled - nextFrom <= MOST_BYTES) fill();
        if (number == 0 && startsWithMark()) nextFrom = 3;
        if (nextFrom == filled) return false;
        from = nextFrom;
        line = nextLine;
        int end = endOfRow();
        if (end < 0) end = endOfLine(from);
        number++;
        tooLong = end < 0 || end - from > MOST_BYTES;
        if (tooLong) skipLine(end);
        else row(end);
        return true;
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

    @Override
    public long line() {
        return line;
    }

    @Override
    public boolean tooLong() {
        return tooLong;
    }

    private void row(int end) {
        to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
        for (int i = from; i < end; i++) if (buffer[i] == '\n') nextLine++;
        nextFrom = Math.min(filled, end + 1);
        nextLine++;
    }

    /** Where the line feed outside quotes or the end of the input stands; less than 0 when it is too far away. */
    private int endOfRow() {
        boolean quoted = false;
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '"') quoted = !quoted && opensField(i);
            else if (buffer[i] == '\n' && !quoted) return i;
        }
        return ended && !quoted ? filled : -1;
    }

    /** A quote within a field is a letter like others; one right behind another goes on with its field. */
    private boolean opensField(int at) {
        if (at == from) return true;
        byte before = buffer[at - 1];
        return before == ',' || before == ';' || before == '\t' || before == '"';
    }

    private int endOfLine(int start) {
        for (int i = start; i < filled; i++) if (buffer[i] == '\n') return i;
        return ended ? filled : -1;
    }

    /** Keeps the row's beginning and reads to the end of its line. */
    private void skipLine(int end) throws IOException {
        System.arraycopy(buffer, from, buffer, 0, MOST_BYTES);
        int found = end < 0 ? -1 : end;
        int rest = filled;
        from = 0;
        to = MOST_BYTES;
        nextLine++;
        while (found < 0 && !ended) {
            int read = in.read(buffer, MOST_BYTES, buffer.length - MOST_BYTES);
            ended = read < 0;
            rest = MOST_BYTES + Math.max(0, read);
            for (int i = MOST_BYTES; i < rest && found < 0; i++) if (buffer[i] == '\n') found = i;
        }
        filled = rest;
        nextFrom = found < 0 ? filled : Math.min(filled, found + 1);
    }

    /** Moves what is left to the front and reads more behind it. */
    private void fill() throws IOException {
        System.arraycopy(buffer, nextFrom, buffer, 0, filled - nextFrom);
        filled -= nextFrom;
        nextFrom = 0;
        while (!ended && filled < buffer.length) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) ended = true;
            else filled += read;
        }
    }

    /** The byte order mark that some spreadsheets begin with. */
    private boolean startsWithMark() {
        return filled >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf;
    }
}
