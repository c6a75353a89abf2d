package io.tierdrill.recorder.output;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was masked, in words. Stateless. */
public final class MaskedText {
    private MaskedText() {}

    /** {@code masked 1,200 client, 7 email}; empty where nothing was. */
    public static String of(Map<String, Long> masked) {
        if (masked.isEmpty()) return "";
        return masked.entrySet().stream()
                .map(kind -> String.format(Locale.ROOT, "%,d %s", kind.getValue(), kind.getKey()))
                .collect(Collectors.joining(", ", "masked ", ""));
    }
}
