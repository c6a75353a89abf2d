package io.tierdrill.recorder.line;

import io.tierdrill.recorder.input.RejectReason;
import java.util.Arrays;

/**
 * The request line within a log line, {@code GET /path HTTP/1.1}, still with the logger's escapes. Lenient where servers
 * are: the version may be missing, the path may hold spaces. Reused; one thread.
 */
public final class RequestLine {
    private static final int MOST_METHOD = 32;
    private static final byte[] RAW_TLS = {0x16, 0x03};
    private static final byte[] ESCAPED_TLS = {'\\', 'x', '1', '6', '\\', 'x', '0', '3'};
    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/'};

    public int methodTo;
    public int targetFrom;
    public int targetTo;

    /** Null when the bytes are a request line. */
    public RejectReason parse(byte[] b, int from, int to) {
        if (from == to || to - from == 1 && b[from] == '-') return RejectReason.EMPTY_REQUEST;
        // The first two bytes of every TLS handshake (RFC 8446, 5.1), as nginx escapes them or as they came.
        if (startsWith(b, from, to, RAW_TLS) || startsWith(b, from, to, ESCAPED_TLS)) return RejectReason.TLS_BYTES;
        methodTo = from;
        while (methodTo < to && isToken(b[methodTo])) methodTo++;
        int method = methodTo - from;
        if (method == 0 || method > MOST_METHOD || methodTo == to || b[methodTo] != ' ')
            return RejectReason.BAD_REQUEST_LINE;
        targetFrom = methodTo + 1;
        targetTo = target(b, to);
        if (targetTo < 0) return RejectReason.BAD_REQUEST_LINE;
        return isPath(b) ? null : RejectReason.NO_PATH;
    }

    /** Length of {@code http://} or {@code https://} at the target's start, or 0. */
    public int schemeLength(byte[] b) {
        if (startsWithIgnoringCase(b, "http://")) return 7;
        return startsWithIgnoringCase(b, "https://") ? 8 : 0;
    }

    /** Takes a target that stands alone. */
    void target(int from, int to) {
        methodTo = from;
        targetFrom = from;
        targetTo = to;
    }

    static boolean isToken(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) if (!isToken(b[i])) return false;
        return from < to && to - from <= MOST_METHOD;
    }

    /** Where the target ends: before the version, or at the end where there is none; -1 when neither makes sense. */
    private int target(byte[] b, int to) {
        int lastSpace = to - 1;
        while (lastSpace >= targetFrom && b[lastSpace] != ' ') lastSpace--;
        if (lastSpace < targetFrom) return targetFrom < to ? to : -1;
        boolean version = startsWith(b, lastSpace + 1, to, VERSION) && isVersion(b, lastSpace + 1 + VERSION.length, to);
        return version ? lastSpace : -1;
    }

    private static boolean isVersion(byte[] b, int from, int to) {
        int length = to - from;
        boolean digits = length >= 1 && isDigit(b[from]) && isDigit(b[to - 1]);
        return digits && (length == 1 || length == 3 && b[from + 1] == '.');
    }

    /** Whether the target names something of this server. */
    boolean isPath(byte[] b) {
        if (targetFrom == targetTo) return false;
        if (b[targetFrom] == '/') return true;
        if (b[targetFrom] == '*') return targetTo - targetFrom == 1;
        int scheme = schemeLength(b);
        return scheme > 0 && targetTo - targetFrom > scheme && b[targetFrom + scheme] != '/';
    }

    private boolean startsWithIgnoringCase(byte[] b, String lower) {
        if (targetTo - targetFrom < lower.length()) return false;
        for (int i = 0; i < lower.length(); i++) {
            if (Character.toLowerCase((char) b[targetFrom + i]) != lower.charAt(i)) return false;
        }
        return true;
    }

    private static boolean startsWith(byte[] b, int from, int to, byte[] prefix) {
        return to - from >= prefix.length && Arrays.equals(b, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** A token character of RFC 9110, 5.6.2. */
    private static boolean isToken(byte c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || isDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
