package io.tierdrill.load.http;

import java.nio.ByteBuffer;

/**
 * Reads the head of an answer where it lies, eight bytes at a time, and only what the next request depends on: status,
 * length, and whether the connection stays. Most answers are of this kind; everything else ({@code 1xx}, chunked,
 * without a length, a head in pieces, anything odd) is left to {@link ResponseParser}.
 *
 * <p>Allocates nothing. Belongs to one thread.
 */
public final class QuickAnswer {
    /** What {@link #read} says of an answer that is not for it. */
    public static final long NOT_QUICK = -1;

    private static final long HTTP_1_1 = ascii("HTTP/1.1");
    private static final long CONTENT_ = ascii("content-");
    private static final long LENGTH = ascii("-length:");
    private static final long CONNECTI = ascii("connecti");
    private static final long TRANSFER = ascii("transfer");
    /** Makes letters small; of the others that stand in the names above, only {@code -} and {@code :} matter, and keep. */
    private static final long SMALL = 0x2020202020202020L;

    private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final int MOST_DIGITS = 15;

    private int status;
    private boolean keepAlive;
    private long body;

    private static long ascii(String eight) {
        long word = 0;
        for (int i = 7; i >= 0; i--) word = word << 8 | eight.charAt(i);
        return word;
    }

    public int status() {
        return status;
    }

    /** Whether the connection may carry another request after this answer. */
    public boolean keepAlive() {
        return keepAlive;
    }

    public long bodyBytes() {
        return body;
    }

    /**
     * Reads a head.
     *
     * @param in little-endian; its position and limit do not matter
     * @param from where the answer begins
     * @param to where the bytes end that have come
     * @param toHead whether it answers a HEAD
     * @return the length of the whole answer, head and body, of which some may not have come yet
     */
    public long read(ByteBuffer in, int from, int to, boolean toHead) {
        if (to - from < 17 || in.getLong(from) != HTTP_1_1) return NOT_QUICK;
        status = digits(in, from + 9);
        if (status < 200) return NOT_QUICK;
        keepAlive = true;
        body = NOT_QUICK;
        int at = lineEnd(in, from + 12, to) + 1;
        while (at > 0 && at < to) {
            int first = in.get(at);
            if (first == '\r' || first == '\n') return whole(in, at, from, to, toHead);
            int end = lineEnd(in, at, to);
            if (end < 0) return NOT_QUICK;
            int letter = first | 0x20;
            if ((letter == 'c' || letter == 't') && end - at > 8 && !field(in, at, end)) return NOT_QUICK;
            at = end + 1;
        }
        return NOT_QUICK;
    }

    private long whole(ByteBuffer in, int at, int from, int to, boolean toHead) {
        int end = at;
        if (in.get(end) == '\r') end++;
        if (end >= to || in.get(end) != '\n') return NOT_QUICK;
        long head = end + 1 - from;
        if (toHead || status == 204 || status == 304) body = 0;
        return body < 0 ? NOT_QUICK : head + body;
    }

    private static int digits(ByteBuffer in, int at) {
        int a = in.get(at) - '0';
        int b = in.get(at + 1) - '0';
        int c = in.get(at + 2) - '0';
        int after = in.get(at + 3);
        boolean good = a >= 0 && a <= 9 && b >= 0 && b <= 9 && c >= 0 && c <= 9;
        return good && in.get(at - 1) == ' ' && (after == ' ' || after == '\r') ? a * 100 + b * 10 + c : 0;
    }

    /** A header that may matter; false where it does and is not quick. */
    private boolean field(ByteBuffer in, int at, int end) {
        long name = in.getLong(at) | SMALL;
        if (name == TRANSFER) return false;
        if (name == CONNECTI) return connection(in, at, end);
        if (name != CONTENT_ || end - at < 16 || (in.getLong(at + 7) | SMALL) != LENGTH) return true;
        return length(in, at + 15, end);
    }

    private boolean length(ByteBuffer in, int from, int end) {
        int at = from;
        while (at < end && in.get(at) == ' ') at++;
        long number = 0;
        int start = at;
        for (; at < end && in.get(at) >= '0' && in.get(at) <= '9'; at++) number = number * 10 + in.get(at) - '0';
        boolean plain = at > start && at - start <= MOST_DIGITS && (at == end || in.get(at) == '\r' && at + 1 == end);
        boolean first = body == NOT_QUICK;
        body = number;
        return plain && first;
    }

    /** Only the one word that every server writes; {@code close} and lists are for the other parser. */
    private static boolean connection(ByteBuffer in, int at, int end) {
        if (end - at < 11 || (in.getShort(at + 8) | 0x2020) != ('o' | 'n' << 8) || in.get(at + 10) != ':') return true;
        int value = at + 11;
        while (value < end && in.get(value) == ' ') value++;
        int size = end - value - (in.get(end - 1) == '\r' ? 1 : 0);
        return size == 10 && (in.getLong(value) | SMALL) == KEEP_ALI && (in.getShort(value + 8) | 0x2020) == VE;
    }

    private static final long KEEP_ALI = ascii("keep-ali");
    private static final int VE = 'v' | 'e' << 8;

    /** Where the next line feed is, or below zero (Hacker's Delight, 6-1: a zero byte in a word). */
    private static int lineEnd(ByteBuffer in, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = in.getLong(at) ^ LINE_FEEDS;
            long zeros = word - ONES & ~word & HIGH;
            if (zeros != 0) return at + (Long.numberOfTrailingZeros(zeros) >> 3);
        }
        for (; at < to; at++) if (in.get(at) == '\n') return at;
        return Integer.MIN_VALUE;
    }
}
