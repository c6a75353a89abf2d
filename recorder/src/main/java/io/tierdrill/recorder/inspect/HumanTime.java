package io.tierdrill.recorder.inspect;

import java.util.Locale;

/** Lengths of time at a glance: the two largest units. */
final class HumanTime {
    private HumanTime() {}

    static String of(double seconds) {
        if (seconds < 1) return trimmed(seconds * 1000) + " ms";
        if (seconds < 60) return trimmed(seconds) + " s";
        long whole = Math.round(seconds);
        if (whole < 3600) return two(whole / 60, "min", whole % 60, "s");
        if (whole < 86_400) return two(whole / 3600, "h", whole % 3600 / 60, "min");
        return two(whole / 86_400, "d", whole % 86_400 / 3600, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
