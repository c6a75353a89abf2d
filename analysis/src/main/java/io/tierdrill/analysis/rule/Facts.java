package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Capacity;
import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.observed.Objective;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.RunData;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.stage.Decomposition;
import io.tierdrill.analysis.stats.Proportion;
import io.tierdrill.analysis.stats.Sorted;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every rule looks at, computed once.
 *
 * @param latencies from the due time, nanoseconds
 */
public record Facts(
        RunData run, Telemetry telemetry, Sorted latencies, StageTable stages, Capacity capacity, Proportion failures) {

    /** Arranges a run for the rules. */
    public static Facts of(RunData run) {
        Requests requests = run.requests();
        return new Facts(
                run,
                Telemetry.of(run),
                Sorted.of(requests.latencies()),
                Decomposition.of(requests, run.topology()),
                Goodput.of(run),
                new Proportion(requests.failures(), requests.count()));
    }

    public Objective objective() {
        return run.objective();
    }

    /** The names of the stack's tiers, outermost first. */
    public List<String> tiers() {
        return run.topology().tiers().stream().map(Topology.Node::name).toList();
    }

    int depth(String tier) {
        return tiers().indexOf(tier);
    }

    /** The tiers a request meets after this one. */
    List<String> below(String tier) {
        List<String> path = new ArrayList<>(
                run.topology().path().stream().map(Topology.Node::name).toList());
        int at = path.indexOf(tier);
        return at < 0 ? List.of() : path.subList(at + 1, path.size());
    }

    /** Who takes traffic at an address, as {@code host:port}; nobody where it is no instance of the stack. */
    Optional<InstanceId> at(String address) {
        return run.topology().tiers().stream()
                .flatMap(t -> t.instances().stream())
                .filter(p -> p.address().equals(address))
                .map(Topology.Process::id)
                .findFirst();
    }

    /** The tier a request meets next; empty after the last. */
    Optional<String> next(String tier) {
        return below(tier).stream().findFirst();
    }

    int instances(String tier) {
        return run.topology().tier(tier).map(t -> t.instances().size()).orElse(0);
    }

    /** Where a setting is written, if anywhere. */
    Optional<String> place(String setting) {
        return Optional.ofNullable(run.topology().settings().get(setting));
    }

    public long measuredNanos() {
        return run.measuredNanos();
    }
}
