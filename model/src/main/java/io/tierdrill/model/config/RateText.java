package io.tierdrill.model.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as people write them. */
public final class RateText {
    public static final String ALLOWED = "a rate above 0, such as 300, 300/s or 1200/m";

    public static final String ALLOWED_WITH_ZERO = "a rate of 0 or more, such as 300, 300/s or 1200/m";

    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(?:/\\s*(s|m|h))?");

    private RateText() {}

    /** Per second, or nothing when the text is not {@link #ALLOWED}. */
    public static Optional<Double> parse(String text) {
        return parseOrZero(text).filter(perSecond -> perSecond > 0);
    }

    /** The same for what may also be zero. */
    public static Optional<Double> parseOrZero(String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) return Optional.empty();
        double perSecond = Double.parseDouble(m.group(1))
                / switch (m.group(2) == null ? "s" : m.group(2)) {
                    case "m" -> 60;
                    case "h" -> 3600;
                    default -> 1;
                };
        return Optional.of(perSecond);
    }
}
