package io.tierdrill.recorder.packets;

import java.nio.charset.StandardCharsets;

/** Frames and header blocks of HTTP/2, written out without the code under test; a character stands for a byte. */
final class Http2Wire {
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int GO_AWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int HAS_PRIORITY = 0x20;

    private Http2Wire() {}

    static String frame(int type, int flags, int stream, String payload) {
        return number(payload.length(), 3) + (char) type + (char) flags + number(stream, 4) + payload;
    }

    static String settings() {
        return frame(SETTINGS, 0, 0, number(4, 2) + number(65_535, 4));
    }

    /** Big endian. */
    static String number(int value, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = bytes - 1; i >= 0; i--) text.append((char) (value >>> 8 * i & 0xff));
        return text.toString();
    }

    /** Literals that no table remembers: name, value, name, value... (RFC 7541, 6.2.2). */
    static String block(String... namesAndValues) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2)
            block.append((char) 0).append(string(namesAndValues[i])).append(string(namesAndValues[i + 1]));
        return block.toString();
    }

    /** A literal that becomes entry 62 of the table (6.2.1). */
    static String remembered(String name, String value) {
        return (char) 0x40 + string(name) + string(value);
    }

    /** An entry of the table (6.1). */
    static String indexed(int index) {
        return String.valueOf((char) (0x80 | index));
    }

    private static String string(String text) {
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (bytes.length() < 127) return (char) bytes.length() + bytes;
        int rest = bytes.length() - 127;
        StringBuilder length = new StringBuilder().append((char) 127);
        for (; rest >= 128; rest >>= 7) length.append((char) (rest & 127 | 128));
        return length.append((char) rest) + bytes;
    }

    static String get(int stream, String path) {
        return frame(HEADERS, END_STREAM | END_HEADERS, stream, getBlock(path));
    }

    static String getBlock(String path) {
        return block(":method", "GET", ":scheme", "http", ":authority", "a.example", ":path", path);
    }

    static String status(int stream, int flags, int status) {
        return frame(HEADERS, flags | END_HEADERS, stream, block(":status", "" + status));
    }

    /** A whole response with a body of that many bytes. */
    static String response(int stream, int status, int bytes) {
        return status(stream, 0, status) + frame(DATA, END_STREAM, stream, "x".repeat(bytes));
    }
}
