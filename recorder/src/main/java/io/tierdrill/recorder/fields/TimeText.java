package io.tierdrill.recorder.fields;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** Times as documents write them, as nanoseconds since 1970. */
public final class TimeText {
    private static final long SECOND = 1_000_000_000L;
    /** {@code 2017-10-19T21:07:32.789+02:00}, also with a space, a colon-less zone, or no zone: then it is UTC. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .parseLenient()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .toFormatter(java.util.Locale.ROOT);

    /** No exponent makes a number of a time this long. */
    private static final int MOST_DIGITS = 40;

    private TimeText() {}

    /**
     * An instant in ISO 8601.
     *
     * @param place of the field, for the refusal
     */
    public static long iso(String text, String place) throws Refused {
        String plain = text.strip();
        if (plain.length() > 10 && plain.charAt(10) == ' ') plain = plain.substring(0, 10) + 'T' + plain.substring(11);
        try {
            TemporalAccessor found = ISO.parseBest(plain, Instant::from, LocalDateTime::from);
            Instant instant = found instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) found;
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
        } catch (DateTimeException | ArithmeticException notATime) {
            throw new Refused(Flaw.BAD_TIME, place, text);
        }
    }

    /**
     * A decimal number of units, exactly.
     *
     * @param unitNanos length of one
     */
    public static long number(String text, long unitNanos, String place) throws Refused {
        String plain = text.strip();
        try {
            if (plain.length() > MOST_DIGITS || plain.indexOf('e') >= 0 || plain.indexOf('E') >= 0)
                throw new NumberFormatException(plain);
            return new BigDecimal(plain)
                    .multiply(BigDecimal.valueOf(unitNanos))
                    .toBigInteger()
                    .longValueExact();
        } catch (NumberFormatException | ArithmeticException notATime) {
            throw new Refused(Flaw.BAD_TIME, place, text);
        }
    }

    /** Whether the text is a decimal number. */
    public static boolean isNumber(String text) {
        String plain = text.strip();
        return !plain.isEmpty() && plain.length() <= MOST_DIGITS && plain.matches("[+-]?\\d*\\.?\\d+|[+-]?\\d+\\.");
    }

    /**
     * The unit that makes a number a time of our days: seconds up to 1e11 (the year 5138), then milliseconds,
     * microseconds, nanoseconds.
     */
    public static long guessedUnit(String number) {
        double size = Math.abs(Double.parseDouble(number.strip()));
        if (size < 1e11) return SECOND;
        if (size < 1e14) return 1_000_000;
        return size < 1e17 ? 1_000 : 1;
    }
}
