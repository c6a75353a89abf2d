package io.tierdrill.recorder.line;

/**
 * The time of the common log format, {@code 17/May/2015:10:05:03 +0000}, 26 bytes. Years 1970 to 2199, so that any two
 * of them lie within the nanoseconds of a long.
 */
public final class ClfTime {
    public static final int LENGTH = 26;
    public static final long INVALID = Long.MIN_VALUE;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private ClfTime() {}

    /** Seconds of the epoch, or {@link #INVALID}. */
    public static long epochSecond(byte[] b, int at, int end) {
        if (end - at < LENGTH || !hasForm(b, at)) return INVALID;
        int month = month(b, at + 3);
        int day = two(b, at);
        int year = two(b, at + 7) * 100 + two(b, at + 9);
        int hour = two(b, at + 12);
        int minute = two(b, at + 15);
        int second = two(b, at + 18);
        int zone = two(b, at + 22) * 60 + two(b, at + 24);
        long local = epochSecond(year, month, day, hour, minute, second);
        boolean valid = in(zone, 18 * 60) && two(b, at + 24) < 60 && local != INVALID;
        if (!valid || two(b, at + 7) < 0 || two(b, at + 9) < 0 || two(b, at + 22) < 0) return INVALID;
        return b[at + 21] == '-' ? local + zone * 60L : local - zone * 60L;
    }

    /** The same of numbers, in UTC. */
    static long epochSecond(int year, int month, int day, int hour, int minute, int second) {
        boolean valid = month > 0 && month <= 12 && year >= 1970 && year < 2200 && day >= 1 && day <= days(year, month);
        // 60 is a leap second; it counts as the first second of the next minute, as system clocks do.
        valid &= in(hour, 23) && in(minute, 59) && in(second, 60);
        return valid ? (epochDay(year, month, day) * 24 + hour) * 3600L + minute * 60L + second : INVALID;
    }

    private static boolean hasForm(byte[] b, int at) {
        boolean slashes = b[at + 2] == '/' && b[at + 6] == '/';
        boolean colons = b[at + 11] == ':' && b[at + 14] == ':' && b[at + 17] == ':';
        return slashes && colons && b[at + 20] == ' ' && (b[at + 21] == '+' || b[at + 21] == '-');
    }

    private static boolean in(int value, int most) {
        return value >= 0 && value <= most;
    }

    /** Two digits, or far below zero. */
    private static int two(byte[] b, int at) {
        int tens = b[at] - '0';
        int ones = b[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : tens * 10 + ones;
    }

    private static int month(byte[] b, int at) {
        for (int i = 0; i < 12; i++) {
            if (b[at] == MONTHS.charAt(3 * i)
                    && b[at + 1] == MONTHS.charAt(3 * i + 1)
                    && b[at + 2] == MONTHS.charAt(3 * i + 2)) return i + 1;
        }
        return 0;
    }

    private static int days(int year, int month) {
        if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days since 1970-01-01 of the Gregorian calendar: years begin in March, so that the odd day comes last. */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return y * 365L + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
    }
}
