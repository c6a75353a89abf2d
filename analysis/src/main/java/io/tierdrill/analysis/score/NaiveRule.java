package io.tierdrill.analysis.score;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.finding.TierRow;
import io.tierdrill.model.seed.Seeds;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What people do without a verdict: they look at one figure and blame the tier where it is largest. They always blame
 * somebody. Each answers from what the same runs showed.
 */
public enum NaiveRule {
    /** The tier whose busiest instance had the busiest thread. */
    MAX_CPU("max-cpu") {
        @Override
        Optional<String> names(Verdict run, Optional<Verdict> control, Seeds seeds) {
            return largest(run, t -> t.cpuHottestShare().orElse(0.0));
        }
    },
    /** The tier that requests spent most time in, the tiers below it included: what a trace shows as its longest bar. */
    MAX_INCLUSIVE("max-inclusive-latency") {
        @Override
        Optional<String> names(Verdict run, Optional<Verdict> control, Seeds seeds) {
            return run.tiers().stream()
                    .filter(t -> t.kind().equals("l7") || t.kind().equals("service"))
                    .filter(t -> t.residenceMeanMicros().isPresent())
                    .max(Comparator.comparingDouble(t -> t.residenceMeanMicros().get()))
                    .map(TierRow::tier);
        }
    },
    /** The tier whose own time in slow requests grew most against the control. */
    MAX_SELF_GROWTH("max-self-time-growth") {
        @Override
        Optional<String> names(Verdict run, Optional<Verdict> control, Seeds seeds) {
            Map<String, Double> grown = selfMicros(run);
            control.map(NaiveRule::selfMicros)
                    .ifPresent(before -> before.forEach((tier, micros) -> grown.merge(tier, -micros, Double::sum)));
            return grown.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        }
    },
    /** Whatever happens, it is the service's fault. */
    ALWAYS_SERVICE("always-service") {
        @Override
        Optional<String> names(Verdict run, Optional<Verdict> control, Seeds seeds) {
            return run.tiers().stream()
                    .filter(t -> t.kind().equals("service"))
                    .findFirst()
                    .map(TierRow::tier);
        }
    },
    /** Any tier of the stack, by lot. */
    RANDOM("random") {
        @Override
        Optional<String> names(Verdict run, Optional<Verdict> control, Seeds seeds) {
            List<TierRow> tiers = run.tiers();
            if (tiers.isEmpty()) return Optional.empty();
            return Optional.of(
                    tiers.get(seeds.stream("random").nextInt(tiers.size())).tier());
        }
    };

    private final String word;

    NaiveRule(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    abstract Optional<String> names(Verdict run, Optional<Verdict> control, Seeds seeds);

    /**
     * What each would name, by its word.
     *
     * @param control the same stack without the plant, for those that look at growth
     */
    public static Map<String, String> all(Verdict run, Optional<Verdict> control, Seeds seeds) {
        Map<String, String> named = new TreeMap<>();
        for (NaiveRule rule : values()) rule.names(run, control, seeds).ifPresent(tier -> named.put(rule.word, tier));
        return named;
    }

    private static Optional<String> largest(Verdict run, ToDoubleFunction<TierRow> figure) {
        return run.tiers().stream()
                .filter(t -> !t.emulated())
                .max(Comparator.comparingDouble(figure))
                .map(TierRow::tier);
    }

    /** Time of slow requests by tier; what passes on the way to the first HTTP tier is put down to who carries it. */
    private static Map<String, Double> selfMicros(Verdict run) {
        Map<String, Double> micros = new TreeMap<>();
        boolean tail = run.stages().tail().isPresent();
        for (StageTable.Row row : run.stages().rows()) {
            Optional<String> tier =
                    row.stage().equals("path") || row.stage().equals("connect") ? carrier(run) : row.tier();
            tier.ifPresent(t -> micros.merge(t, tail ? row.tailMicros() : row.medianMicros(), Double::sum));
        }
        return micros;
    }

    private static Optional<String> carrier(Verdict run) {
        return run.tiers().stream()
                .filter(t -> t.kind().equals("l4") || t.kind().equals("l3"))
                .reduce((outer, inner) -> inner)
                .map(TierRow::tier);
    }
}
