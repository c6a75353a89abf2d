package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.observed.Host;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.ResourceUse;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.tier.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All processes on one machine and no processor free: an answer of its own, for no tier is at a limit of its own. Not
 * given where one traffic thread had a processor nearly to itself (it would be full anywhere), nor where the fullest
 * resource is held by something other than processor time.
 */
final class HostCpuRule {
    private static final double MOST_WINDOWS = 0.8;
    private static final double ACTIVE_CORES = 0.02;
    private static final double STARVED = 0.1;
    private static final double MADE_OF_CPU = 0.5;
    private static final double NEARLY_A_PROCESSOR = 0.75;
    private static final double ALWAYS_READY = 0.9;

    private HostCpuRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        Telemetry telemetry = facts.telemetry();
        double full = telemetry.host().fullShare(telemetry.windows(), telemetry.stress()::judges);
        if (full < MOST_WINDOWS || !starvedAllOver(facts) || explainedWithout(facts)) return Optional.empty();
        return Optional.of(blame(full, facts));
    }

    private static List<Instance> active(Facts facts) {
        return facts.telemetry().all().stream()
                .filter(i -> i.hasCpu() && i.cpu().rate(0, facts.measuredNanos()) >= ACTIVE_CORES)
                .toList();
    }

    private static List<Instance> starved(Facts facts) {
        return active(facts).stream()
                .filter(i -> i.cpu().starvation(0, facts.measuredNanos()) >= STARVED)
                .toList();
    }

    private static boolean starvedAllOver(Facts facts) {
        List<Instance> starved = starved(facts);
        long tiers = starved.stream().map(i -> i.id().tier()).distinct().count();
        return tiers >= 2 && starved.size() * 2 >= active(facts).size();
    }

    private static boolean explainedWithout(Facts facts) {
        return TierLimit.saturated(facts).stream()
                .findFirst()
                .filter(deepest ->
                        deepest.isCpu() ? deepest.share() >= NEARLY_A_PROCESSOR : isHeldByOtherThings(deepest, facts))
                .isPresent();
    }

    /** A slot that is mostly held while its process computes, or waits to, is not held by other things. */
    private static boolean isHeldByOtherThings(TierLimit limit, Facts facts) {
        if (limit.kind() == ResourceKind.TABLE || limit.kind() == ResourceKind.PORTS) return true;
        if (limit.is(ResourceUse.CPU_QUOTA) || limit.is(ResourceUse.RECEIVE_BUFFER)) return true;
        if (alwaysReady(limit, facts)) return false;
        Flow.Totals totals = facts.telemetry().totals(limit.tier());
        double own = totals.heldSeconds() - totals.downstreamSeconds();
        if (own <= 0) return false;
        double demand = facts.telemetry().tier(limit.tier()).stream()
                .mapToDouble(i -> i.cpu().demandSeconds(0, facts.measuredNanos()))
                .sum();
        return demand / own < MADE_OF_CPU;
    }

    /** Behind one thread that never rests, slots are held by requests that wait for it. */
    private static boolean alwaysReady(TierLimit limit, Facts facts) {
        return facts.telemetry().tier(limit.tier()).stream()
                .anyMatch(i -> i.cpu().ready(0, facts.measuredNanos()) >= ALWAYS_READY);
    }

    private static Bottleneck blame(double full, Facts facts) {
        Host host = facts.telemetry().host();
        String largest = largest(facts);
        double cores = Wording.cpuSeconds(largest, facts) / (facts.measuredNanos() / 1e9);
        List<Instance> starved = starved(facts);
        String demand = largest + " takes most, " + Figures.number(cores) + " of " + host.cores() + " processors";
        return new Bottleneck(
                "host",
                Optional.empty(),
                "cpu",
                "host-cpu",
                Optional.of((double) host.cores()),
                Optional.empty(),
                Optional.empty(),
                "CPU of this machine, shared by all " + active(facts).size() + " busy processes",
                Confidence.TWO_SIGNALS,
                List.of(
                        "all " + host.cores() + " processors busy in " + Figures.wholePercent(full) + " of windows",
                        starved.size() + " of " + active(facts).size()
                                + " busy processes waited for a processor more than "
                                + Figures.wholePercent(STARVED) + " of their time",
                        demand),
                "give the stack more processors, or make " + largest + " cheaper; no tier is at a limit of its own");
    }

    private static String largest(Facts facts) {
        return facts.run().topology().tiers().stream()
                .filter(t -> !t.emulated())
                .map(Topology.Node::name)
                .max(Comparator.comparingDouble(t -> Wording.cpuSeconds(t, facts)))
                .orElse("the stack");
    }
}
