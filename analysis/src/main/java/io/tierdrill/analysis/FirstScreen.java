package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.CapacityFound;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.analysis.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The few lines that decide: the same text on the terminal, in the report, in {@code verdict.json} and in CI. */
public final class FirstScreen {
    private static final int LABEL_WIDTH = 15;
    private static final int MOST_EVIDENCE = 3;

    private FirstScreen() {}

    /**
     * A line of the first screen.
     *
     * @param label in capitals; of the first line the decision
     */
    record Line(String label, String text) {}

    /** The first screen; lines that have nothing to say are left out. Ends without a line break. */
    public static String text(Verdict verdict) {
        List<Line> lines = lines(verdict);
        return lines.stream()
                .skip(1)
                .map(line ->
                        line.label() + " ".repeat(LABEL_WIDTH - line.label().length()) + line.text())
                .collect(Collectors.joining(
                        "\n",
                        lines.get(0).label() + Headline.SEPARATOR + lines.get(0).text() + "\n",
                        ""));
    }

    static List<Line> lines(Verdict verdict) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(decision(verdict), verdict.headline()));
        if (verdict.validity().trusted()) {
            verdict.bottleneck()
                    .ifPresentOrElse(b -> bottleneck(lines, b, verdict), () -> withoutBottleneck(lines, verdict));
        }
        lines.add(new Line("TRUST", Trust.of(verdict)));
        verdict.capacitySearch().ifPresent(found -> lines.add(new Line("PAST THE LIMIT", pastTheLimit(found))));
        verdict.since().ifPresent(s -> lines.add(new Line("SINCE " + s.when(), s.sentence())));
        profile(verdict).ifPresent(where -> lines.add(new Line("PROFILE", where)));
        return lines;
    }

    /** Only where it is: what is on it takes a look. */
    private static Optional<String> profile(Verdict verdict) {
        return verdict.profiles().stream()
                .filter(p -> p.page().isPresent())
                .findFirst()
                .map(p -> p.of() + ": " + p.page().get());
    }

    private static String decision(Verdict verdict) {
        String word = verdict.status() == Status.INVALID
                ? "CANNOT TELL"
                : verdict.status().word();
        return verdict.scenario().isEmpty() ? word : word + " for " + verdict.scenario();
    }

    private static void bottleneck(List<Line> lines, Bottleneck bottleneck, Verdict verdict) {
        lines.add(new Line("BREAKS FIRST", bottleneck.title()));
        lines.add(new Line(
                "WHY",
                String.join("; ", most(bottleneck.evidence())) + "  ("
                        + bottleneck.confidence().word() + ")"));
        verdict.proof().ifPresent(p -> lines.add(new Line(p.confirmed() ? "PROVED" : "NOT PROVED", p.sentence())));
        lines.add(new Line(
                "DO THIS",
                bottleneck.change()
                        + verdict.next().map(n -> "; next limit: " + next(n)).orElse("")));
    }

    /** A tired reader takes in three: the first two, and the last, which says what is not to blame. */
    private static List<String> most(List<String> evidence) {
        if (evidence.size() <= MOST_EVIDENCE) return evidence;
        return List.of(evidence.get(0), evidence.get(1), evidence.get(evidence.size() - 1));
    }

    private static String pastTheLimit(CapacityFound found) {
        String most = "gives " + Figures.rate(found.saturationPerSecond()) + " at the most";
        return most + found.recovery().map(r -> "; " + r).orElse("");
    }

    private static String next(Limit limit) {
        return limit.title()
                + limit.atPerSecond()
                        .map(rate -> ", about " + Figures.rate(rate) + " (forecast)")
                        .orElse(", at " + Figures.wholePercent(limit.share()) + " now");
    }

    /** Nothing is blamed: say so where something is wrong, and be silent where nothing is. */
    private static void withoutBottleneck(List<Line> lines, Verdict verdict) {
        if (verdict.saturated() && verdict.status() == Status.GO) {
            lines.add(new Line("BUT", String.join("; ", verdict.saturation())));
        } else if (verdict.saturated()) {
            boolean watched = !verdict.tiers().isEmpty();
            lines.add(new Line(
                    "BREAKS FIRST",
                    watched
                            ? "not found: no limit was full, and no tier stands out"
                            : "not known: none of its tiers was watched"));
            lines.add(new Line("WHY", String.join("; ", verdict.saturation())));
        } else if (verdict.status() == Status.INCONCLUSIVE) {
            verdict.next()
                    .ifPresent(n ->
                            lines.add(new Line("NEAREST LIMIT", n.title() + " at " + Figures.wholePercent(n.share()))));
        } else if (verdict.status() == Status.GO) {
            lines.add(new Line("WHY", "not saturated: " + kept(verdict)));
        }
    }

    private static String kept(Verdict verdict) {
        return verdict.slo().stream()
                .filter(l -> !l.name().equals("p99"))
                .map(SloLine::text)
                .collect(Collectors.joining("; "));
    }
}
