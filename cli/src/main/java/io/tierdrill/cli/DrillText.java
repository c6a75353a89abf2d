package io.tierdrill.cli;

import io.tierdrill.scenarios.drill.DrillReport;
import io.tierdrill.scenarios.drill.DrillReport.Ejection;
import io.tierdrill.scenarios.drill.DrillReport.Ending;
import io.tierdrill.scenarios.drill.DrillReport.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Drills for people. */
final class DrillText {
    private static final String ROW = "%-11s%-9s%15s%7s%9s%9s%9s  %s";

    private DrillText() {}

    /** A table, one drill a line, and what follows from it. */
    static List<String> of(DrillReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s at %,.0f req/s: %d drills, %d borne%s",
                report.singlePoints().isEmpty()
                        ? "DRILLED"
                        : "SINGLE POINT OF FAILURE: " + String.join(", ", report.singlePoints()) + "; drilled",
                report.perSecond(),
                report.drills().size(),
                report.drills().stream().filter(r -> r.ending() == Ending.BORNE).count(),
                report.complete() ? "" : "; ended early"));
        lines.add("");
        lines.add(String.format(
                ROW, "component", "act", "failed", "cut", "detect", "eject", "recover", "ending; health checks"));
        report.drills().forEach(r -> lines.add(row(r)));
        lines.add("");
        lines.add("failed: of the requests answered or failed after the act. cut: their connection ended under them.");
        lines.add(
                "detect: first failure seen. eject: nobody due later was let down. recover: p95 as before, 2 s in a row.");
        report.drills().stream()
                .filter(r -> r.ending() == Ending.UNKNOWN)
                .forEach(r -> lines.add("UNKNOWN        " + r.action() + " " + r.component() + ": " + r.sentence()));
        report.skipped().forEach(s -> lines.add("NOT TRIED      " + s));
        report.remarks().forEach(r -> lines.add("NOTE           " + r));
        return lines;
    }

    /** {@code kill l7/2: borne: 31 of 4,012 requests failed}. */
    static String line(Result r) {
        return r.action() + " " + r.component() + ": " + r.ending().word() + ": " + r.sentence();
    }

    private static String row(Result r) {
        if (r.requests() == 0) return String.format(ROW, r.component(), r.action(), "", "", "", "", "", ending(r));
        return String.format(
                Locale.ROOT,
                ROW,
                r.component(),
                r.action(),
                String.format(Locale.ROOT, "%,d of %,d", r.failed(), r.requests()),
                String.format(Locale.ROOT, "%,d", r.cut()),
                seconds(r.detectSeconds(), "none"),
                seconds(r.ejectSeconds(), r.letDown() == 0 ? "none" : "never"),
                seconds(r.recoverSeconds(), "never"),
                ending(r) + noticed(r));
    }

    private static String ending(Result r) {
        return r.ending() == Ending.BORNE
                ? r.ending().word()
                : r.ending().word().toUpperCase(Locale.ROOT);
    }

    /** {@code ; ill for l7/2 after 2.1 s, for 4 within 3.0 s}. */
    private static String noticed(Result r) {
        String held = r.connections()
                .map(n -> String.format(Locale.ROOT, "; held %,d connections", n))
                .orElse("");
        if (r.ejections().isEmpty()) return held;
        Ejection first = r.ejections().get(0);
        Ejection last = r.ejections().get(r.ejections().size() - 1);
        String one = String.format(Locale.ROOT, "; ill for %s after %.1f s", first.by(), first.seconds());
        return held
                + (r.ejections().size() == 1
                        ? one
                        : one
                                + String.format(
                                        Locale.ROOT,
                                        ", for %d by %.1f s",
                                        r.ejections().size(),
                                        last.seconds()));
    }

    private static String seconds(Optional<Double> seconds, String otherwise) {
        return seconds.map(s -> String.format(Locale.ROOT, "%.2f s", s)).orElse(otherwise);
    }
}
