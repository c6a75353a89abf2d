package io.tierdrill.load.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;

/** One line of an answer's head, put together from as many reads as it takes; asked without making strings. */
final class HeaderLine {
    private static final int LIMIT = 16 << 10;

    private byte[] bytes = new byte[512];
    private int size;
    private int colon;
    private boolean tooLong;

    void clear() {
        size = 0;
    }

    /** Takes bytes up to and with the next line feed; whether there was one. The line end is not part of the line. */
    boolean readFrom(ByteBuf in) {
        int end = in.forEachByte(ByteProcessor.FIND_LF);
        int n = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
        if (size + n > LIMIT) {
            tooLong = true;
            return false;
        }
        if (size + n > bytes.length) bytes = java.util.Arrays.copyOf(bytes, Math.max(size + n, bytes.length * 2));
        in.readBytes(bytes, size, n);
        size += n;
        if (end < 0) return false;
        in.skipBytes(1);
        if (size > 0 && bytes[size - 1] == '\r') size--;
        colon = findColon();
        return true;
    }

    boolean tooLong() {
        return tooLong;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The code of {@code HTTP/1.x NNN ...}, or zero where the line is something else. */
    int statusCode() {
        if (size < 12 || !startsWith("HTTP/1.") || bytes[8] != ' ') return 0;
        if (size > 12 && bytes[12] != ' ') return 0;
        int code = 0;
        for (int i = 9; i < 12; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') return 0;
            code = code * 10 + bytes[i] - '0';
        }
        return code;
    }

    boolean isHttp11() {
        return bytes[7] != '0';
    }

    boolean hasName() {
        return colon > 0;
    }

    /** Whether the header has this name, given in lower case. */
    boolean nameIs(String name) {
        return colon == name.length() && matches(0, name);
    }

    /** The decimal number after the colon, or a negative one where there is none that fits. */
    long number() {
        String digits = value().strip();
        if (digits.isEmpty() || digits.length() > 18) return Long.MIN_VALUE;
        boolean plain = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(digits) : Long.MIN_VALUE;
    }

    /** The hexadecimal number at the start, before any extension; negative where there is none that fits. */
    long hexNumber() {
        long number = 0;
        int i = 0;
        for (; i < size && bytes[i] != ';' && bytes[i] != ' '; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0 || i >= 15) return Long.MIN_VALUE;
            number = number << 4 | digit;
        }
        return i == 0 ? Long.MIN_VALUE : number;
    }

    /** Whether one of the comma-separated words after the colon is this, given in lower case. */
    boolean hasToken(String token) {
        for (String word : value().split(",")) if (word.strip().equalsIgnoreCase(token)) return true;
        return false;
    }

    boolean lastTokenIs(String token) {
        String value = value();
        return value.substring(value.lastIndexOf(',') + 1).strip().equalsIgnoreCase(token);
    }

    String name() {
        return new String(bytes, 0, colon, StandardCharsets.ISO_8859_1);
    }

    String value() {
        int start = colon + 1;
        return new String(bytes, start, size - start, StandardCharsets.ISO_8859_1);
    }

    private int findColon() {
        for (int i = 0; i < size; i++) if (bytes[i] == ':') return i;
        return -1;
    }

    private boolean startsWith(String text) {
        for (int i = 0; i < text.length(); i++) if (bytes[i] != text.charAt(i)) return false;
        return true;
    }

    /** Letters of header names differ in one bit from their capitals. */
    private boolean matches(int from, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            byte b = bytes[from + i];
            int folded = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
            if (folded != lower.charAt(i)) return false;
        }
        return true;
    }
}
