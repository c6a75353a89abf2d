package io.tierdrill.model.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them. */
public final class ByteText {
    public static final String ALLOWED = "a size such as 512, 4KiB, 1MiB or 1GiB";

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB)?");
    private static final Map<String, Long> FACTOR = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private ByteText() {}

    /** The size in bytes, or nothing when the text is not {@link #ALLOWED}. */
    public static Optional<Long> parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) return Optional.empty();
        try {
            long factor = m.group(2) == null ? 1 : FACTOR.get(m.group(2));
            return Optional.of(Math.multiplyExact(Long.parseLong(m.group(1)), factor));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }
}
