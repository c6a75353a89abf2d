package io.tierdrill.recorder.diff;

import io.tierdrill.recorder.diff.DiffReport.Measure;
import io.tierdrill.recorder.diff.DiffReport.Mover;
import io.tierdrill.recorder.diff.DiffReport.OrderExample;
import io.tierdrill.recorder.diff.DiffReport.Pair;
import java.util.Locale;
import java.util.Map;

/** The report in words, for the terminal. */
public final class DiffText {
    private DiffText() {}

    /** Several lines, each ended; first whether the traces are the same. */
    public static String of(DiffReport report) {
        StringBuilder text = new StringBuilder();
        long wrong = report.measures().stream().filter(m -> !m.within()).count();
        line(
                text,
                report.same() ? "SAME within %s" : "DIFFERENT: %2$d of %3$d measures are beyond %1$s",
                percent(report.tolerance()),
                wrong,
                report.measures().size());
        for (Measure measure : report.measures()) measure(text, measure);
        order(text, report.order());
        quantiles(text, "gap between requests", report.gapNanos());
        quantiles(text, "gap between requests of a user", report.userGapNanos());
        for (Mover mover : report.movers())
            line(
                    text,
                    "path %s: %,d and %,d, share %+.2f points",
                    mover.path(),
                    mover.a(),
                    mover.b(),
                    100 * mover.change());
        return text.toString();
    }

    private static void measure(StringBuilder text, Measure m) {
        boolean share = m.a() == 0 && m.b() == m.difference();
        String values = share ? "" : String.format(Locale.ROOT, "%s and %s, ", number(m.a()), number(m.b()));
        line(text, "%s %s: %sdifference %s", m.within() ? "   " : "!! ", m.name(), values, percent(m.difference()));
    }

    private static void order(StringBuilder text, DiffReport.Order order) {
        line(
                text,
                "order, users matched by %s: %,d the same, %,d differ, %,d only in A, %,d only in B",
                order.matchedBy(),
                order.same(),
                order.differing(),
                order.onlyInA(),
                order.onlyInB());
        for (OrderExample e : order.examples())
            line(
                    text,
                    "  user %s: the first %,d are the same, then A has %s and B has %s",
                    e.user(),
                    e.common(),
                    next(e.nextInA()),
                    next(e.nextInB()));
    }

    private static void quantiles(StringBuilder text, String what, Pair<Map<String, Long>> nanos) {
        nanos.a().forEach((name, a) -> {
            Long b = nanos.b().get(name);
            if (b != null) line(text, "%s, %s: %.6f s and %.6f s", what, name, a / 1e9, b / 1e9);
        });
    }

    private static String next(String step) {
        return step.isEmpty() ? "no more" : step;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.3f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** Methods, paths and users come from whoever sent them: nothing in them may steer the terminal. */
    private static void line(StringBuilder text, String form, Object... values) {
        String words = String.format(Locale.ROOT, form, values).replaceAll("\\p{Cc}", "?");
        text.append(words).append(System.lineSeparator());
    }
}
