package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What the stages of slow requests say, independent of what any tier says of its limits. */
final class StageSignal {
    /** Before the stack: the injector's own delay, and the wait for a user's earlier request, which is its consequence. */
    private static final Set<String> BEFORE = Set.of("lateness", "held");

    private static final Set<String> BETWEEN = Set.of("dns", "connect", "path");
    private static final double MOSTLY = 0.5;

    private StageSignal() {}

    /** The stage in which a request of the p99 group spends most; empty where too much belongs to nobody. */
    static Optional<StageTable.Row> largest(StageTable stages, double mostUnattributed) {
        if (stages.tail().isEmpty()) return Optional.empty();
        boolean unclear = stages.rows().stream().anyMatch(r -> isLeft(r) && r.tailShare() > mostUnattributed);
        return unclear ? Optional.empty() : largest(stages, StageTable.Row::tailMicros);
    }

    /** The tier that slow requests wait for or, where they are too few, median ones. */
    static Optional<String> slowest(Facts facts) {
        StageTable stages = facts.stages();
        ToDoubleFunction<StageTable.Row> time =
                stages.tail().isPresent() ? StageTable.Row::tailMicros : StageTable.Row::medianMicros;
        return largest(stages, time).flatMap(row -> pointsAt(row, facts));
    }

    private static Optional<StageTable.Row> largest(StageTable stages, ToDoubleFunction<StageTable.Row> time) {
        return stages.rows().stream()
                .filter(r -> !isLeft(r) && !BEFORE.contains(r.stage()))
                .max(Comparator.comparingDouble(time));
    }

    /** Whether slow requests spend most of their time in the stack between tiers, or get no answer at all. */
    static boolean betweenTiers(Facts facts) {
        long lost = facts.run().requests().failuresByKind().entrySet().stream()
                .filter(e -> e.getKey() == Outcome.TIMEOUT || e.getKey() == Outcome.CONNECT_TIMEOUT)
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (lost > MOSTLY * facts.run().requests().count()) return true;
        StageTable stages = facts.stages();
        return largest(stages, stages.tail().isPresent() ? StageTable.Row::tailMicros : StageTable.Row::medianMicros)
                .filter(r -> BETWEEN.contains(r.stage()) || r.stage().endsWith("-gap"))
                .isPresent();
    }

    private static boolean isLeft(StageTable.Row row) {
        return row.stage().equals("unattributed");
    }

    /** The tier a stage is spent in or waits for: in front of a busy event loop, time is spent in its socket. */
    private static Optional<String> pointsAt(StageTable.Row row, Facts facts) {
        List<String> chain = facts.run().topology().path().stream()
                .filter(t -> t.kind() == TierKind.L7 || t.kind() == TierKind.SERVICE)
                .map(Topology.Node::name)
                .toList();
        if (row.stage().equals("path")) return chain.stream().findFirst();
        for (int t = 0; t + 1 < chain.size(); t++)
            if (row.stage().equals(chain.get(t) + "-gap")) return Optional.of(chain.get(t + 1));
        return row.tier();
    }
}
