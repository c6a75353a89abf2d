package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.LatencyFigures;
import io.tierdrill.analysis.finding.ResourceRow;
import io.tierdrill.analysis.finding.TierRow;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.ResourceUse;
import io.tierdrill.analysis.observed.RunData;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.analysis.stats.Sorted;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.tier.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** The tables of a verdict. */
final class Rows {
    private Rows() {}

    static LatencyFigures latency(Facts facts) {
        Sorted latencies = facts.latencies();
        int n = latencies.count();
        boolean p99 = n >= Injection.Quantiles.NEEDED_FOR_P99;
        return new LatencyFigures(
                n,
                when(n > 0, latencies::mean),
                when(n > 0, () -> latencies.quantile(0.5)),
                when(n > 0, () -> latencies.quantile(0.9)),
                p99 ? Optional.of(interval(latencies)) : Optional.empty(),
                when(n >= Injection.Quantiles.NEEDED_FOR_P999, () -> latencies.quantile(0.999)),
                when(n > 0, latencies::max),
                when(p99, () -> lateness(facts.run().requests()).quantile(0.99)));
    }

    private static LatencyFigures.Interval interval(Sorted latencies) {
        return new LatencyFigures.Interval(
                micros(latencies.quantile(0.99)), micros(latencies.low(0.99)), micros(latencies.high(0.99)));
    }

    private static Optional<Double> when(boolean enough, DoubleSupplier nanos) {
        return enough ? Optional.of(micros(nanos.getAsDouble())) : Optional.empty();
    }

    private static double micros(double nanos) {
        return Figures.rounded(nanos / 1e3);
    }

    static Sorted lateness(Requests requests) {
        long[] lateness = new long[requests.count()];
        for (int i = 0; i < lateness.length; i++) lateness[i] = requests.latenessNanos(i);
        return Sorted.of(lateness);
    }

    /** Of the processors it may use; unknown where it does not say what it used. */
    static Optional<Double> injectorCpuShare(RunData run) {
        Injection.Generator generator = run.injection().generator();
        if (generator == null || generator.cores() < 1) return Optional.empty();
        double seconds = run.measuredNanos() / 1e9 * generator.cores();
        return Optional.of(Figures.rounded(generator.cpuSeconds() / seconds));
    }

    static List<TierRow> tiers(Facts facts) {
        return facts.run().topology().tiers().stream().map(t -> tier(t, facts)).toList();
    }

    private static TierRow tier(Topology.Node node, Facts facts) {
        List<Instance> instances = facts.telemetry().tier(node.name());
        Flow.Totals totals = facts.telemetry().totals(node.name());
        long end = facts.measuredNanos();
        boolean flow = facts.telemetry().knowsFlow(node.name());
        boolean each = flow && totals.completions() >= 1;
        boolean cpu = instances.stream().anyMatch(Instance::hasCpu);
        return new TierRow(
                node.name(),
                node.kind().word(),
                node.instances().size(),
                node.emulated(),
                some(flow, totals.completions() / (end / 1e9)),
                some(each, totals.residenceSeconds() / totals.completions() * 1e6),
                residenceP99(node.name(), facts.run().requests()),
                some(each, totals.queueSeconds() / totals.completions() * 1e6),
                some(each, totals.downstreamSeconds() / totals.completions() * 1e6),
                some(
                        cpu,
                        instances.stream()
                                .mapToDouble(i -> i.cpu().rate(0, end))
                                .sum()),
                some(
                        cpu,
                        instances.stream()
                                .mapToDouble(i -> i.cpu().busiestRate(0, end))
                                .max()
                                .orElse(0)),
                cpu
                        ? Optional.of(Math.round(instances.stream()
                                .mapToDouble(i -> i.cpu().rss().max())
                                .sum()))
                        : Optional.empty(),
                Math.round(totals.errors()),
                crashes(node.name(), facts));
    }

    private static Optional<Double> some(boolean known, double value) {
        return known ? Optional.of(Figures.rounded(value)) : Optional.empty();
    }

    private static Optional<Double> residenceP99(String tier, Requests requests) {
        long[] nanos = new long[requests.count()];
        int n = 0;
        for (int i = 0; i < nanos.length; i++) if (requests.has(i, tier)) nanos[n++] = requests.stageNanos(i, tier);
        if (n < Injection.Quantiles.NEEDED_FOR_P99) return Optional.empty();
        return Optional.of(micros(Sorted.of(Arrays.copyOf(nanos, n)).quantile(0.99)));
    }

    private static long crashes(String tier, Facts facts) {
        return facts.run().events().stream()
                .filter(e -> e.kind().equals("crash"))
                .filter(e -> e.subject().equals(tier) || e.subject().startsWith(tier + "/"))
                .count();
    }

    static List<ResourceRow> resources(Facts facts) {
        return facts.telemetry().uses().stream().map(u -> resource(u, facts)).toList();
    }

    private static ResourceRow resource(ResourceUse use, Facts facts) {
        Optional<String> setting = Optional.of(use.setting()).filter(s -> !s.isEmpty());
        return new ResourceRow(
                use.instance().toString(),
                use.name(),
                use.kind().word(),
                Figures.rounded(use.capacity()),
                Figures.rounded(use.usedMean()),
                Figures.rounded(use.usedMax()),
                Figures.rounded(use.share()),
                Figures.rounded(use.waitersMean()),
                Figures.rounded(use.waitersMax()),
                Figures.rounded(use.fullShare()),
                use.drops(),
                use.saturated(),
                setting,
                setting.map(s -> facts.run().topology().settings().get(s)));
    }

    static SortedMap<String, String> environment(Facts facts) {
        SortedMap<String, String> environment = new TreeMap<>(facts.run().environment());
        if (facts.telemetry().host().known())
            environment.putIfAbsent(
                    "cores", Integer.toString(facts.telemetry().host().cores()));
        environment.putIfAbsent("transport", facts.run().injection().transport());
        environment.putIfAbsent("mode", facts.run().topology().mode().word());
        return environment;
    }
}
