package io.tierdrill.recorder.line;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns a logged field back into what the client sent. Apache escapes as C does ({@code \" \\ \n \x1b}), nginx all as
 * {@code \xHH}. Nothing that comes out can break a request apart when it is replayed: control bytes are
 * percent-encoded in paths and become spaces in headers. One thread.
 */
public final class FieldText {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final String LETTERS = "nrtbvf";
    private static final byte[] CONTROLS = {'\n', '\r', '\t', '\b', 0x0b, '\f'};

    private final byte[] out = new byte[3 * LineReader.MOST_LINE_BYTES];
    private final Escape escape;
    private final Scan scan = new Scan();
    private int length;

    public FieldText() {
        this(Escape.LOGGER);
    }

    public FieldText(Escape escape) {
        this.escape = escape;
    }

    /** Method, address: as it stands. */
    public String plain(byte[] b, int from, int to) {
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** A path; bytes outside visible ASCII are percent-encoded, as a client should have done. */
    public String path(byte[] b, int from, int to) {
        if (scan.isPlain(b, from, to, 0x21)) return plain(b, from, to);
        length = 0;
        for (int i = from; i < to; ) {
            i = unescape(b, i, to);
            int c = out[length - 1] & 0xff;
            if (c > 0x20 && c < 0x7f) continue;
            out[length - 1] = '%';
            out[length++] = HEX[c >> 4];
            out[length++] = HEX[c & 15];
        }
        return new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** A header's value: UTF-8 where it is, else ISO 8859-1, as HTTP once said. */
    public String header(byte[] b, int from, int to) {
        if (scan.isPlain(b, from, to, 0x20)) {
            int start = from;
            int stop = to;
            while (start < stop && b[start] == ' ') start++;
            while (stop > start && b[stop - 1] == ' ') stop--;
            return plain(b, start, stop);
        }
        length = 0;
        for (int i = from; i < to; ) {
            i = unescape(b, i, to);
            int c = out[length - 1] & 0xff;
            if (c < 0x20 || c == 0x7f) out[length - 1] = ' ';
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out, 0, length))
                    .toString()
                    .strip();
        } catch (CharacterCodingException notUtf8) {
            return new String(out, 0, length, StandardCharsets.ISO_8859_1).strip();
        }
    }

    /** Appends the byte that begins at {@code i} and answers where the next begins. */
    private int unescape(byte[] b, int i, int to) {
        byte c = b[i];
        if (c != '\\' || i + 1 == to || escape == Escape.NONE) return put(c, i + 1);
        byte next = b[i + 1];
        if (escape == Escape.JSON && next == '/') return put(next, i + 2);
        // nginx writes no others: what is above 0x1f stands as it is.
        if (escape == Escape.JSON && next == 'u' && i + 5 < to && hex(b[i + 4]) >= 0 && hex(b[i + 5]) >= 0)
            return put((byte) (hex(b[i + 4]) << 4 | hex(b[i + 5])), i + 6);
        if (next == '"' || next == '\\') return put(next, i + 2);
        if (next == 'x' && i + 3 < to && hex(b[i + 2]) >= 0 && hex(b[i + 3]) >= 0)
            return put((byte) (hex(b[i + 2]) << 4 | hex(b[i + 3])), i + 4);
        int letter = LETTERS.indexOf(next);
        return letter >= 0 ? put(CONTROLS[letter], i + 2) : put(c, i + 1);
    }

    private int put(byte c, int next) {
        out[length++] = c;
        return next;
    }

    private static int hex(byte c) {
        return Character.digit(c, 16);
    }
}
