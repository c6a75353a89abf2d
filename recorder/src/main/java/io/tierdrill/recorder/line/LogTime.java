package io.tierdrill.recorder.line;

/** Times and durations as logs write them, in nanoseconds. Reused; one thread. */
public final class LogTime {
    public static final long INVALID = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000;
    private static final long MOST_SECONDS = 7_258_118_400L; // the year 2200
    private static final int MOST_DIGITS = 18;
    private static final int CLF_WITHOUT_ZONE = 20;
    private static final byte[] UTC = {' ', '+', '0', '0', '0', '0'};

    private long resolution;

    /** Of the time or number read last, by the digits of its fraction. */
    public long resolution() {
        return resolution;
    }

    /** Nanoseconds of the epoch, or {@link #INVALID}. */
    public long read(LogField form, byte[] b, int from, int to) {
        long nanos = switch (form) {
            case TIME_CLF -> clf(b, from, to);
            case TIME_ISO -> iso(b, from, to);
            case TIME_SECONDS -> decimal(b, from, to, SECOND);
            case TIME_MILLIS -> decimal(b, from, to, 1_000_000);
            case TIME_MICROS -> decimal(b, from, to, 1_000);
            case TIME_NANOS -> decimal(b, from, to, 1);
            case TIME_AUTO -> any(b, from, to);
            default -> INVALID;
        };
        return nanos < 0 || nanos / SECOND >= MOST_SECONDS ? INVALID : nanos;
    }

    /** A duration in nanoseconds, or {@link #INVALID}. */
    public long duration(LogField form, byte[] b, int from, int to) {
        return switch (form) {
            case DURATION_SECONDS -> decimal(b, from, to, SECOND);
            case DURATION_MILLIS -> decimal(b, from, to, 1_000_000);
            case DURATION_MICROS -> decimal(b, from, to, 1_000);
            case DURATION_NANOS -> decimal(b, from, to, 1);
            default -> INVALID;
        };
    }

    /** Digits and at most one point, times {@code unit}; what is finer than a nanosecond is cut off. */
    private long decimal(byte[] b, int from, int to, long unit) {
        int at = from;
        long whole = 0;
        for (; at < to && isDigit(b[at]); at++) {
            if (at - from >= MOST_DIGITS + 1) return INVALID;
            whole = whole * 10 + b[at] - '0';
        }
        if (at == from || whole < 0 || whole >= Long.MAX_VALUE / unit) return INVALID;
        resolution = unit;
        if (at == to) return whole * unit;
        long part = fraction(b, at, to, unit);
        return part < 0 ? INVALID : whole * unit + part;
    }

    /** {@code .123} to the end, of a unit. */
    private long fraction(byte[] b, int at, int to, long unit) {
        if (b[at] != '.' && b[at] != ',' || at + 1 == to) return -1;
        long part = 0;
        long weight = unit;
        for (int i = at + 1; i < to; i++) {
            if (!isDigit(b[i])) return -1;
            weight /= 10;
            part += (b[i] - '0') * weight;
        }
        resolution = Math.max(1, weight);
        return part;
    }

    private long any(byte[] b, int from, int to) {
        if (to - from > 4 && b[from + 4] == '-') return iso(b, from, to);
        if (to - from > 2 && b[from + 2] == '/') return clf(b, from, to);
        int digits = 0;
        while (from + digits < to && isDigit(b[from + digits])) digits++;
        // Seconds have ten digits until the year 2286; the others three more each.
        if (digits <= 11) return decimal(b, from, to, SECOND);
        if (digits <= 14) return decimal(b, from, to, 1_000_000);
        return decimal(b, from, to, digits <= 17 ? 1_000 : 1);
    }

    /** With a fraction behind the seconds or without, with a zone or without (HAProxy); then it is UTC. */
    private long clf(byte[] b, int from, int to) {
        if (to - from < CLF_WITHOUT_ZONE) return INVALID;
        int at = from + CLF_WITHOUT_ZONE;
        int zone = at;
        while (zone < to && b[zone] != ' ') zone++;
        long part = zone == at ? 0 : fraction(b, at, zone, SECOND);
        if (zone == at) resolution = SECOND;
        if (part < 0 || zone != to && to - zone != 6) return INVALID;
        byte[] plain = new byte[ClfTime.LENGTH];
        System.arraycopy(b, from, plain, 0, CLF_WITHOUT_ZONE);
        System.arraycopy(UTC, 0, plain, CLF_WITHOUT_ZONE, UTC.length);
        if (zone != to) System.arraycopy(b, zone, plain, CLF_WITHOUT_ZONE, UTC.length);
        long second = ClfTime.epochSecond(plain, 0, plain.length);
        return second == ClfTime.INVALID ? INVALID : second * SECOND + part;
    }

    private long iso(byte[] b, int from, int to) {
        if (to - from < 19 || b[from + 4] != '-' || b[from + 7] != '-') return INVALID;
        if (b[from + 10] != 'T' && b[from + 10] != ' ' || b[from + 13] != ':' || b[from + 16] != ':') return INVALID;
        int year = two(b, from) * 100 + two(b, from + 2);
        long second = ClfTime.epochSecond(
                year, two(b, from + 5), two(b, from + 8), two(b, from + 11), two(b, from + 14), two(b, from + 17));
        int zone = from + 19;
        while (zone < to && (isDigit(b[zone]) || b[zone] == '.' || b[zone] == ',')) zone++;
        long part = zone == from + 19 ? 0 : fraction(b, from + 19, zone, SECOND);
        if (zone == from + 19) resolution = SECOND;
        long offset = zone(b, zone, to);
        if (second == ClfTime.INVALID || part < 0 || offset == INVALID) return INVALID;
        return (second - offset) * SECOND + part;
    }

    /** Seconds east of Greenwich: {@code Z}, {@code +0200}, {@code +02:00}, {@code +02} or nothing. */
    private static long zone(byte[] b, int from, int to) {
        if (from == to || to - from == 1 && b[from] == 'Z') return 0;
        if (b[from] == ' ' && from + 1 < to) return zone(b, from + 1, to);
        boolean colon = to - from == 6 && b[from + 3] == ':';
        if (b[from] != '+' && b[from] != '-' || to - from != 3 && to - from != 5 && !colon) return INVALID;
        int hours = two(b, from + 1);
        int minutes = to - from == 3 ? 0 : two(b, to - 2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return INVALID;
        long seconds = hours * 3600L + minutes * 60L;
        return b[from] == '-' ? -seconds : seconds;
    }

    private static int two(byte[] b, int at) {
        return isDigit(b[at]) && isDigit(b[at + 1]) ? (b[at] - '0') * 10 + b[at + 1] - '0' : -100_000;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
