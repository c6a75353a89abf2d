package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the stages of slow requests say, independent of what any tier says of its limits. */
final class StageSignal {
    private StageSignal() {}

    /** The stage in which a request of the p99 group spends most; empty where too much belongs to nobody. */
    static Optional<StageTable.Row> largest(StageTable stages, double mostUnattributed) {
        if (stages.tail().isEmpty()) return Optional.empty();
        boolean unclear = stages.rows().stream()
                .anyMatch(r -> r.stage().equals("unattributed") && r.tailShare() > mostUnattributed);
        if (unclear) return Optional.empty();
        return stages.rows().stream()
                .filter(r -> !r.stage().equals("unattributed"))
                .max(Comparator.comparingDouble(StageTable.Row::tailMicros));
    }

    /** The tier a stage is spent in or waits for: in front of a busy event loop, time is spent in its socket. */
    static Optional<String> pointsAt(StageTable.Row row, Facts facts) {
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
