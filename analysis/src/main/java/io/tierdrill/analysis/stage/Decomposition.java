package io.tierdrill.analysis.stage;

import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Splits the latency of two groups of requests into stages that add up: those around the median against those around
 * the 99th percentile. Groups and not percentiles per stage, because the p99 of a sum is not the sum of the p99s.
 */
public final class Decomposition {
    private static final int FEWEST_FOR_MEDIAN = 100;

    /** Rounding in {@code Server-Timing} is half a microsecond a value; this is far beyond it. */
    private static final long FAULT_NANOS = 50_000;

    private static final double FAULT_RATIO = 0.001;

    private final Requests requests;
    private final List<Stage> stages;

    private Decomposition(Requests requests, List<Stage> stages) {
        this.requests = requests;
        this.stages = stages;
    }

    /** The table for a run; without groups where there are too few requests. */
    public static StageTable of(Requests requests, Topology topology) {
        List<String> chain = chain(topology);
        List<String> below = topology.path().stream()
                .filter(t -> t.kind() == TierKind.L3 || t.kind() == TierKind.L4)
                .map(Topology.Node::name)
                .toList();
        return new Decomposition(requests, Stage.along(chain, below)).table();
    }

    private static List<String> chain(Topology topology) {
        return topology.path().stream()
                .filter(t -> t.kind() == TierKind.L7 || t.kind() == TierKind.SERVICE)
                .map(Topology.Node::name)
                .toList();
    }

    private StageTable table() {
        int n = requests.count();
        if (n < FEWEST_FOR_MEDIAN) return new StageTable(Optional.empty(), Optional.empty(), List.of(), List.of());
        int[] ascending = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingLong(requests::latencyNanos).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        Group median = group("median (p45 to p55)", ascending, 0.45, 0.55);
        boolean enough = n >= Injection.Quantiles.NEEDED_FOR_P99;
        Optional<Group> tail =
                enough ? Optional.of(group("p99 (p98.5 to p99.5)", ascending, 0.985, 0.995)) : Optional.empty();
        return new StageTable(Optional.of(median.cohort()), tail.map(Group::cohort), rows(median, tail), faults());
    }

    private Group group(String name, int[] ascending, double from, double to) {
        int first = (int) Math.floor(from * ascending.length);
        int end = Math.max(first + 1, (int) Math.ceil(to * ascending.length));
        double[] sums = new double[stages.size()];
        double latency = 0;
        for (int k = first; k < end; k++) {
            latency += requests.latencyNanos(ascending[k]);
            for (int s = 0; s < sums.length; s++)
                sums[s] += stages.get(s).piece().nanos(requests, ascending[k]);
        }
        return new Group(name, end - first, latency, sums);
    }

    private List<StageTable.Row> rows(Group median, Optional<Group> tail) {
        List<StageTable.Row> rows = new ArrayList<>();
        for (int s = 0; s < stages.size(); s++) {
            Stage stage = stages.get(s);
            double m = median.sums[s];
            int index = s;
            double t = tail.map(g -> g.sums[index]).orElse(0.0);
            if (m == 0 && t == 0) continue;
            rows.add(row(stage.key(), stage.tier(), stage.label(), median, m, tail, t));
        }
        double left = tail.map(Group::left).orElse(0.0);
        rows.add(row("unattributed", Optional.empty(), "unattributed", median, median.left(), tail, left));
        return rows;
    }

    private static StageTable.Row row(
            String key, Optional<String> tier, String label, Group median, double m, Optional<Group> tail, double t) {
        return new StageTable.Row(
                key,
                tier,
                label,
                median.micros(m),
                median.share(m),
                tail.map(g -> g.micros(t)).orElse(0.0),
                tail.map(g -> g.share(t)).orElse(0.0));
    }

    /** A piece below zero means that two tiers contradict each other: said, never hidden. */
    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Stage stage : stages) {
            long worst = 0;
            int times = 0;
            for (int i = 0; i < requests.count(); i++) {
                long nanos = stage.piece().nanos(requests, i);
                if (nanos < -FAULT_NANOS) times++;
                worst = Math.min(worst, nanos);
            }
            if (times > FAULT_RATIO * requests.count())
                faults.add("instrumentation fault: '" + stage.label() + "' is below zero in "
                        + Figures.percent((double) times / requests.count()) + " of requests, down to "
                        + Figures.micros(worst / 1e3));
        }
        return faults;
    }

    /** Sums over a group, in nanoseconds. */
    private record Group(String name, int size, double latency, double[] sums) {
        StageTable.Cohort cohort() {
            return new StageTable.Cohort(name, size, Figures.rounded(latency / size / 1e3));
        }

        double micros(double nanos) {
            return Figures.rounded(nanos / size / 1e3);
        }

        double share(double nanos) {
            return latency == 0 ? 0 : Figures.rounded(nanos / latency);
        }

        double left() {
            double left = latency;
            for (double sum : sums) left -= sum;
            return left;
        }
    }
}
