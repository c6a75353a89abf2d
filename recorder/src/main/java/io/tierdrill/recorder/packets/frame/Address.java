package io.tierdrill.recorder.packets.frame;

import java.nio.ByteBuffer;

/** An IP address in 128 bits; IPv4 as IPv6 maps it (RFC 4291, 2.5.5.2). */
public record Address(long high, long low) {
    private static final long MAPPED = 0xffff_0000_0000L;

    static Address v4(int bits) {
        return new Address(0, MAPPED | bits & 0xffffffffL);
    }

    static Address v6(ByteBuffer bytes, int at) {
        return new Address(bytes.getLong(at), bytes.getLong(at + 8));
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** Dotted, or as RFC 5952 writes IPv6: lower case, the longest run of zeros as {@code ::}. */
    @Override
    public String toString() {
        if (isV4()) return (low >> 24 & 255) + "." + (low >> 16 & 255) + "." + (low >> 8 & 255) + "." + (low & 255);
        int zeros = longestZeros();
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == zeros) {
                text.append("::");
                while (i < 7 && group(i + 1) == 0) i++;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int i) {
        return (int) ((i < 4 ? high >>> 48 - 16 * i : low >>> 112 - 16 * i) & 0xffff);
    }

    /** Where the longest run of two or more zero groups begins, or 8. */
    private int longestZeros() {
        int best = 8;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) end++;
            if (end - i > length) {
                best = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        return best;
    }
}
