package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.observed.Windows;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.List;
import java.util.Optional;

/**
 * Whether what each tier tells of itself agrees: requests seen inside it, against the time it says they spent there
 * (Little's law: as many are inside as arrive in the time one stays). Both are measured on their own, so where they
 * disagree one of them is wrong. Said beyond 3 %, and only where that is four times the noise: of ten parts of the run
 * each says its own difference, and their spread tells how far chance goes. A tier in which requests pile up is left out:
 * those still inside have told nothing of their stay yet.
 */
final class LittleRule {
    private static final double OPEN = 0.03;
    private static final double STANDARD_ERRORS = 4;
    private static final int PARTS = 10;
    private static final double FEWEST_INSIDE = 0.5;
    private static final double PILES_UP = 1.5;

    private LittleRule() {}

    /** One remark a tier that does not close. */
    static List<String> ask(Facts facts) {
        return facts.run().topology().path().stream()
                .filter(t -> t.kind() == TierKind.L7 || t.kind() == TierKind.SERVICE)
                .map(Topology.Node::name)
                .flatMap(t -> of(t, facts).stream())
                .toList();
    }

    private static Optional<String> of(String tier, Facts facts) {
        Telemetry telemetry = facts.telemetry();
        Windows parts = new Windows(facts.measuredNanos(), Math.max(1, facts.measuredNanos() / PARTS));
        if (!telemetry.knowsFlow(tier)) return Optional.empty();
        double[] inside = new double[PARTS];
        double[] stayed = new double[PARTS];
        for (int p = 0; p < PARTS; p++) {
            for (Instance i : telemetry.tier(tier)) {
                inside[p] += i.flow().inside(parts.from(p), parts.to(p));
                stayed[p] += i.flow().over(parts.from(p), parts.to(p)).residenceSeconds() / parts.seconds();
            }
        }
        double seen = mean(inside);
        double told = mean(stayed);
        if (told < FEWEST_INSIDE || inside[PARTS - 1] > PILES_UP * inside[0]) return Optional.empty();
        double difference = seen - told;
        if (Math.abs(difference) <= OPEN * told || Math.abs(difference) <= STANDARD_ERRORS * error(inside, stayed))
            return Optional.empty();
        return Optional.of("what " + tier + " tells does not close: " + Figures.number(seen)
                + " requests were seen inside it on average, by the time they stayed it should be "
                + Figures.number(told));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) sum += value;
        return sum / values.length;
    }

    /** The standard error of the mean difference. */
    private static double error(double[] inside, double[] stayed) {
        double mean = mean(inside) - mean(stayed);
        double squares = 0;
        for (int p = 0; p < PARTS; p++) squares += Math.pow(inside[p] - stayed[p] - mean, 2);
        return Math.sqrt(squares / (PARTS - 1) / PARTS);
    }
}
