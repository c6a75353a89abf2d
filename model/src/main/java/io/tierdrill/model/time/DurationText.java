package io.tierdrill.model.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in scenarios and on the command line: {@code 250ms}, {@code 1.5s}, {@code 2m}. */
public final class DurationText {
    public static final String ALLOWED = "a number with a unit: ns, us, ms, s, m or h, such as 250ms or 1.5s";

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private DurationText() {}

    /** The duration, or nothing when the text is not {@link #ALLOWED} is finer than a nanosecond or longer than
     * 292 years. */
    public static Optional<Duration> parse(String text) {
        Matcher m = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) return Optional.empty();
        try {
            BigDecimal nanos = new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(NANOS.get(m.group(2))));
            return Optional.of(Duration.ofNanos(nanos.longValueExact()));
        } catch (ArithmeticException tooLongOrTooFine) {
            return Optional.empty();
        }
    }

    /** The shortest exact form that {@link #parse} reads back to the same duration. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) return "0s";
        for (String unit : new String[] {"h", "m", "s", "ms", "us"}) {
            if (nanos % NANOS.get(unit) == 0) return nanos / NANOS.get(unit) + unit;
        }
        return nanos + "ns";
    }
}
