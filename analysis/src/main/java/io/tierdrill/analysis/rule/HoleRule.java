package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.text.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances that were out of sight for a good part of the run although they did not die: what is said of them is said of
 * the rest.
 */
final class HoleRule {
    private static final double MOST = 0.2;

    private HoleRule() {}

    static List<String> ask(Facts facts) {
        List<String> remarks = new ArrayList<>();
        for (Instance i : facts.telemetry().stack()) {
            boolean died =
                    CrashRule.crashes(facts).stream().anyMatch(e -> e.subject().equals(i.id().toString()));
            double hole = (double) i.longestSilenceNanos(facts.measuredNanos()) / facts.measuredNanos();
            if (i.hasCpu() && !died && hole > MOST)
                remarks.add(i.id() + " was not seen for " + Figures.wholePercent(hole) + " of the time");
        }
        return remarks;
    }
}
