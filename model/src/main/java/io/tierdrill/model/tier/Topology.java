package io.tierdrill.model.tier;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack as it stood during a run: its tiers, outermost first, and where each of their limits is set.
 *
 * @param mode how the tiers' bytes were moved
 * @param tiers in the order a request meets them; DNS, if any, first
 * @param settings where a limit is written: from its setting's path ({@code stack.l4.connections}) to file:line
 */
public record Topology(Mode mode, List<Node> tiers, Map<String, String> settings) {
    public Topology {
        tiers = List.copyOf(tiers);
        settings = Map.copyOf(settings);
    }

    /**
     * A tier and its instances.
     *
     * @param name unique in the stack
     * @param emulated whether its CPU is the emulation's, not the tier's (the L3 forwarder: a real router costs none)
     */
    public record Node(String name, TierKind kind, List<Process> instances, boolean emulated) {
        public Node {
            instances = List.copyOf(instances);
        }
    }

    /**
     * A process of a tier.
     *
     * @param address where it takes traffic, {@code host:port}
     */
    public record Process(InstanceId id, long pid, String address) {}

    /** The tiers a request passes through, outermost first. */
    public List<Node> path() {
        return tiers.stream().filter(t -> t.kind().onPath()).toList();
    }

    public Optional<Node> tier(String name) {
        return tiers.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
