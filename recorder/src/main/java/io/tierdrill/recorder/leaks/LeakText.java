package io.tierdrill.recorder.leaks;

import java.util.Locale;

/** A report for people. Stateless. */
public final class LeakText {
    private LeakText() {}

    /** Several lines, each ended. */
    public static String of(LeakReport report) {
        StringBuilder text = new StringBuilder();
        if (report.clean())
            text.append(line("%s: nothing looks like a secret in %,d requests", report.file(), report.requests()));
        else {
            long found = report.leaks().stream().mapToLong(Leak::count).sum();
            text.append(line("%s: %,d finds in %,d requests", report.file(), found, report.requests()));
            text.append(line("  %-12s %10s  %s", "kind", "count", "first"));
            for (Leak leak : report.leaks())
                text.append(line(
                        "  %-12s %,10d  %s, %s: %s...",
                        leak.kind(), leak.count(), place(leak), leak.field(), leak.shown()));
        }
        return text.toString();
    }

    private static String place(Leak leak) {
        return leak.record() == 0 ? "metadata" : String.format(Locale.ROOT, "request %,d", leak.record());
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + System.lineSeparator();
    }
}
