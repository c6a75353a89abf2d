package io.tierdrill.recorder.mirror;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a proxy got a request, as it says in {@code X-Request-Start}: {@code t=1795457700.123} (nginx {@code t=${msec}}),
 * or a whole number of seconds, milliseconds, microseconds or nanoseconds, which its number of digits tells apart.
 */
final class OriginalTime {
    private static final Pattern FORM = Pattern.compile("(?:t=)?(\\d{10,19})(?:\\.(\\d{1,9}))?");

    private static final String MOST_NANOS = Long.toString(Long.MAX_VALUE);

    private OriginalTime() {}

    static Optional<Instant> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) return Optional.empty();
        String digits = form.group(1);
        if (form.group(2) != null && digits.length() > 11) return Optional.empty();
        String fraction = form.group(2) == null ? "" : form.group(2);
        return switch (digits.length()) {
            case 10, 11 ->
                Optional.of(Instant.ofEpochSecond(
                        Long.parseLong(digits), Long.parseLong((fraction + "000000000").substring(0, 9))));
            case 13 -> Optional.of(Instant.ofEpochMilli(Long.parseLong(digits)));
            case 16 -> Optional.of(nanos(digits, 1_000));
            // Beyond the year 2262 it is no number of ours, and nobody's time.
            case 19 -> digits.compareTo(MOST_NANOS) > 0 ? Optional.empty() : Optional.of(nanos(digits, 1));
            default -> Optional.empty();
        };
    }

    private static Instant nanos(String digits, long unit) {
        long value = Long.parseLong(digits);
        long perSecond = 1_000_000_000 / unit;
        return Instant.ofEpochSecond(value / perSecond, value % perSecond * unit);
    }
}
