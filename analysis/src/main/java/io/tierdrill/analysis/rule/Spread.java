package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How one tier spreads over the next, by its own count of picks. */
final class Spread {
    static final double UNEVEN = 1.3;

    /** Fewer picks a member say nothing of a hash. */
    private static final int FEWEST = 20;

    private static final double UNUSED = 0.1;
    private static final double MANY_UNUSED = 1 / 3.0;

    private Spread() {}

    /** The tier a request passes before this one; empty for the first. */
    static Optional<Topology.Node> above(String tier, Facts facts) {
        List<Topology.Node> path = facts.run().topology().path();
        for (int i = 1; i < path.size(); i++) if (path.get(i).name().equals(tier)) return Optional.of(path.get(i - 1));
        return Optional.empty();
    }

    /** Whether it decides by a hash of the connection. */
    static boolean hashes(Topology.Node node) {
        return node.kind() == TierKind.L3 || node.kind() == TierKind.L4;
    }

    /** Picks of all instances of a tier together, by the instance below. */
    static SortedMap<String, Double> picks(String tier, Facts facts) {
        SortedMap<String, Double> sum = new TreeMap<>();
        for (Instance i : facts.telemetry().tier(tier))
            picks(i, facts).forEach((of, n) -> sum.merge(of, n, Double::sum));
        return sum;
    }

    private static SortedMap<String, Double> picks(Instance instance, Facts facts) {
        SortedMap<String, Double> picks = new TreeMap<>();
        for (String of : instance.signals().of(Signal.PICKS))
            picks.put(of, instance.signals().growth(Signal.PICKS, of, 0, facts.measuredNanos()));
        return picks;
    }

    /** The largest over the mean; 1 where there are none. */
    static double unevenness(SortedMap<String, Double> picks) {
        double mean = picks.values().stream().mapToDouble(n -> n).average().orElse(0);
        double max = picks.values().stream().mapToDouble(n -> n).max().orElse(0);
        return mean <= 0 ? 1 : max / mean;
    }

    /** How many times its share of the picks of the tier above an instance got; empty where that is not told. */
    static Optional<Double> shareOf(InstanceId hot, Facts facts) {
        return above(hot.tier(), facts).flatMap(node -> {
            SortedMap<String, Double> picks = picks(node.name(), facts);
            double mean = picks.values().stream().mapToDouble(n -> n).average().orElse(0);
            return picks.entrySet().stream()
                    .filter(e ->
                            mean > 0 && facts.at(e.getKey()).filter(hot::equals).isPresent())
                    .map(e -> e.getValue() / mean)
                    .findFirst();
        });
    }

    /**
     * Two stages that hash alike: the first spreads evenly over the second, and each instance of the second sees only
     * flows whose hash is alike, so that it never picks some of those below.
     *
     * @param second the tier that picks
     * @return how many instances below each of them leaves out, in order; empty where that is not so
     */
    static List<Integer> leftOut(Topology.Node second, Facts facts) {
        Optional<Topology.Node> first = above(second.name(), facts);
        if (first.isEmpty() || !hashes(first.get()) || !hashes(second)) return List.of();
        if (unevenness(picks(first.get().name(), facts)) > UNEVEN) return List.of();
        List<Integer> leftOut = new ArrayList<>();
        for (Instance i : facts.telemetry().tier(second.name())) {
            SortedMap<String, Double> picks = picks(i, facts);
            double all = picks.values().stream().mapToDouble(n -> n).sum();
            double mean = all / Math.max(1, picks.size());
            long unused = picks.values().stream().filter(n -> n < UNUSED * mean).count();
            if (mean < FEWEST || unused < MANY_UNUSED * picks.size()) return List.of();
            leftOut.add((int) unused);
        }
        return leftOut.size() < 2 ? List.of() : leftOut;
    }
}
