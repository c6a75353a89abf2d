package io.tierdrill.recorder.packets.http;

import java.nio.ByteBuffer;

/** Whether bytes begin a message of HTTP/1.x. Lenient where servers are: any version that begins with {@code HTTP/1.}. */
enum StartLine {
    /** {@code GET /path HTTP/1.1}. */
    REQUEST {
        @Override
        boolean allows(int index, byte b, boolean inFirstWord) {
            if (!inFirstWord) return b == '\t' || b == '\r' || b == '\n' || (b & 0xff) >= 0x20 && b != 0x7f;
            return index < MOST_METHOD && (isToken(b) || b == ' ' && index > 0);
        }

        @Override
        boolean accepts(byte[] line, int from, int to) {
            int version = versionFrom(line, from, to);
            int method = from;
            while (method < to && line[method] != ' ') method++;
            // Something must stand between method and version.
            return version > method + 1 && method > from;
        }
    },
    /** {@code HTTP/1.1 200 OK}. */
    RESPONSE {
        @Override
        boolean allows(int index, byte b, boolean inFirstWord) {
            return index >= VERSION_LENGTH || b == VERSION.charAt(index);
        }

        @Override
        boolean accepts(byte[] line, int from, int to) {
            int at = from;
            while (at < to && line[at] != ' ') at++;
            while (at < to && line[at] == ' ') at++;
            if (to - at < 3 || line[at] < '1' || line[at] > '9') return false;
            boolean digits = isDigit(line[at + 1]) && isDigit(line[at + 2]);
            return digits && (at + 3 == to || line[at + 3] == ' ' || line[at + 3] == '\r');
        }
    };

    private static final String VERSION = "HTTP/1.";
    private static final int VERSION_LENGTH = 7;
    /** Longer than any registered method. */
    private static final int MOST_METHOD = 33;

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /** Whether the byte may stand there in a start line that was allowed so far. */
    abstract boolean allows(int index, byte b, boolean inFirstWord);

    /** Whether a whole line, its bytes allowed, is a start line. {@code to} is where its line feed stands. */
    abstract boolean accepts(byte[] line, int from, int to);

    /** Whether these bytes begin with a whole start line. Looks only. */
    boolean beginsIn(ByteBuffer bytes) {
        int from = bytes.position();
        boolean inFirstWord = true;
        for (int i = from; i < bytes.limit(); i++) {
            byte b = bytes.get(i);
            if (b == '\n') {
                byte[] line = new byte[i - from];
                bytes.get(from, line);
                return accepts(line, 0, line.length);
            }
            if (!allows(i - from, b, inFirstWord)) return false;
            if (b == ' ') inFirstWord = false;
        }
        return false;
    }

    /** {@code GET /path} and no version: a request as it was before 1.0. */
    static boolean isHttp09(byte[] line, int from, int to) {
        int end = to > from && line[to - 1] == '\r' ? to - 1 : to;
        int space = from;
        while (space < end && line[space] != ' ') {
            boolean letter = line[space] >= 'A' && line[space] <= 'Z' || line[space] == '_';
            if (!letter) return false;
            space++;
        }
        if (space == from || space + 1 >= end || line[space + 1] != '/') return false;
        for (int i = space + 1; i < end; i++) if (line[i] == ' ') return false;
        return true;
    }

    /** Where the last word begins if it is a version of HTTP/1, else {@code from}. */
    private static int versionFrom(byte[] line, int from, int to) {
        int end = to > from && line[to - 1] == '\r' ? to - 1 : to;
        int at = end;
        while (at > from && line[at - 1] != ' ') at--;
        if (end - at < VERSION.length()) return from;
        for (int i = 0; i < VERSION.length(); i++) if (line[at + i] != VERSION.charAt(i)) return from;
        return at;
    }

    private static boolean isToken(byte b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || isDigit(b) || b > 0 && TOKEN_MARKS.indexOf(b) >= 0;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
