package io.tierdrill.cli;

import io.tierdrill.analysis.score.Confusion;
import io.tierdrill.analysis.score.Score;
import io.tierdrill.analysis.score.ScoredRun;
import io.tierdrill.analysis.score.Share;
import io.tierdrill.scenarios.evaluate.EvaluationReport;
import io.tierdrill.scenarios.evaluate.EvaluationStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How right the verdicts were, for people. */
final class EvaluationText {
    private EvaluationText() {}

    static List<String> of(EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "MATRIX %s  ·  %d of %d runs in %.0f min, %d made again on a busy machine",
                report.matrix(),
                report.made(),
                report.planned(),
                report.seconds() / 60,
                report.repeated()));
        score("ALL RUNS", report.all(), lines);
        score("THE HALF FOR TUNING", report.tune(), lines);
        score("THE HALF FOR REPORTING", report.report(), lines);
        list("not counted", report.all().unbitten(), lines);
        list("not done here", report.notHere(), lines);
        list("wrong", report.all().wrong(), lines);
        return lines;
    }

    private static void score(String title, Score score, List<String> lines) {
        if (score.runs() == 0) return;
        lines.add("");
        lines.add(title);
        lines.add(row("tier named", score.tier(), "target 95 %"));
        lines.add(row("tier and class named", score.tierAndClass(), "target 85 %"));
        lines.add(row("nobody named (counted wrong)", score.abstained(), "target 10 % at most"));
        lines.add(never("false alarms on healthy", score.falseAlarms()));
        if (score.healthyInvalid() > 0)
            lines.add(String.format(
                    "  %-30s %d, no alarm and no all-clear", "healthy, called INVALID", score.healthyInvalid()));
        lines.add(never("generator blamed on stack", score.generatorBlamedOnStack()));
        lines.add(row("generator called INVALID", score.generatorNamed(), ""));
        lines.add(row("one of two plants named", score.doubles(), ""));
        for (Map.Entry<String, Share> naive : score.naive().entrySet())
            lines.add(row("instead: " + naive.getKey(), naive.getValue(), "tier"));
        matrix("tier planted, and said", score.tiers(), lines);
        matrix("class planted, and said", score.classes(), lines);
    }

    private static String row(String what, Share share, String note) {
        if (share.total() == 0) return String.format("  %-30s none", what);
        return String.format(
                        Locale.ROOT,
                        "  %-30s %3d of %3d  %5.1f %%  (%.1f to %.1f)  %s",
                        what,
                        share.hits(),
                        share.total(),
                        100 * share.ratio(),
                        100 * share.low(),
                        100 * share.high(),
                        note)
                .stripTrailing();
    }

    private static String never(String what, Share share) {
        if (share.total() == 0) return String.format("  %-30s none", what);
        return String.format(
                Locale.ROOT,
                "  %-30s %3d of %3d  at most %.1f %% with 95 %% certainty  target none",
                what,
                share.hits(),
                share.total(),
                100 * share.oneSidedHigh());
    }

    private static void matrix(String title, Confusion confusion, List<String> lines) {
        if (confusion.counts().isEmpty()) return;
        List<String> answers = confusion.answers();
        StringBuilder head = new StringBuilder(String.format("  %-26s", title));
        for (String answer : answers) head.append(cell(answer, answer));
        lines.add(head.toString());
        for (String truth : confusion.counts().keySet()) {
            StringBuilder line = new StringBuilder(String.format("    %-24s", truth));
            for (String answer : answers) {
                int count = confusion.count(truth, answer);
                line.append(cell(answer, count == 0 ? "." : Integer.toString(count)));
            }
            lines.add(line.toString());
        }
    }

    private static String cell(String answer, String text) {
        return String.format("  %" + Math.max(4, answer.length()) + "s", text);
    }

    private static void list(String title, List<String> items, List<String> lines) {
        if (items.isEmpty()) return;
        lines.add("");
        lines.add(title + " (" + items.size() + ")");
        items.forEach(item -> lines.add("  " + item));
    }

    /** {@code 7 of 40  service-cpu/hard/none/1: service cpu, two independent signals (17 s); 9 min left}. */
    static String line(EvaluationStep step) {
        return String.format(
                Locale.ROOT,
                "%d of %d  %s (%.0f s); %s left",
                step.done(),
                step.planned(),
                said(step.run()),
                step.run().seconds(),
                left(step.left()));
    }

    private static String said(ScoredRun run) {
        if (!run.wasMade()) return run.cell() + ": " + run.why();
        String said = run.said()
                .map(s -> s.tier() + " " + s.kind() + ", " + s.confidence().word())
                .orElse("nobody named, " + run.status().word());
        return run.cell() + ": " + said + (run.bites() ? "" : "; does not count: " + run.why());
    }

    private static String left(Duration left) {
        long seconds = left.toSeconds();
        return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    }
}
