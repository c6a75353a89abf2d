package io.tierdrill.recorder.redact;

import java.util.stream.IntStream;

/** IPv4 addresses as nearly every log writes them, {@code 192.0.2.1} without zeros in front. Stateless. */
final class Dotted {
    /** No such address; none has more than 32 bits. */
    static final long NONE = -1;

    private static final int MOST_LENGTH = 15;
    private static final String[] NUMBERS =
            IntStream.range(0, 256).mapToObj(Integer::toString).toArray(String[]::new);

    private Dotted() {}

    /** The address in the lower 32 bits, or {@link #NONE}. */
    static long parse(String text) {
        int n = text.length();
        if (n > MOST_LENGTH) return NONE;
        long address = 0;
        int number = -1;
        int dots = 0;
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c == '.' && number >= 0 && ++dots < 4) {
                address = address << 8 | number;
                number = -1;
            } else if (c < '0' || c > '9' || number == 0) return NONE;
            else if ((number = Math.max(0, number) * 10 + c - '0') > 255) return NONE;
        }
        return dots == 3 && number >= 0 ? address << 8 | number : NONE;
    }

    /** The same of bytes. */
    static long parse(byte[] text, int from, int to) {
        if (to - from > MOST_LENGTH) return NONE;
        long address = 0;
        int number = -1;
        int dots = 0;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c == '.' && number >= 0 && ++dots < 4) {
                address = address << 8 | number;
                number = -1;
            } else if (c < '0' || c > '9' || number == 0) return NONE;
            else if ((number = Math.max(0, number) * 10 + c - '0') > 255) return NONE;
        }
        return dots == 3 && number >= 0 ? address << 8 | number : NONE;
    }

    /** The same address with another last byte. */
    static String withLast(String text, int last) {
        return text.substring(0, text.lastIndexOf('.') + 1).concat(NUMBERS[last]);
    }

    /** The same of bytes; how many they are. */
    static int withLast(byte[] text, int from, int to, int last, byte[] out) {
        int dot = to - 1;
        while (text[dot] != '.') dot--;
        int length = dot + 1 - from;
        System.arraycopy(text, from, out, 0, length);
        if (last >= 100) out[length++] = (byte) ('0' + last / 100);
        if (last >= 10) out[length++] = (byte) ('0' + last / 10 % 10);
        out[length++] = (byte) ('0' + last % 10);
        return length;
    }
}
