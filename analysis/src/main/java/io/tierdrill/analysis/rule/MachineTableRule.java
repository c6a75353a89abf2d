package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Signals;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.Topology;
import java.util.Optional;

/**
 * Tables of the kernel that all connections or packets go through: what is lost there belongs to no tier. As others may
 * use them too, requests must have felt it: their connections came late.
 */
final class MachineTableRule {
    private static final double FULL = 0.95;
    private static final double ONE_IN_A_THOUSAND = 0.001;
    private static final double HARDLY = 0.1;
    private static final int FEWEST = 50;

    private MachineTableRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        Optional<String> felt = ConnectSignal.late(facts);
        if (felt.isEmpty()) return Optional.empty();
        return conntrack(facts, felt.get())
                .or(() -> synQueue(facts, felt.get()))
                .or(() -> backlog(facts, felt.get()));
    }

    private static Optional<Bottleneck> conntrack(Facts facts, String felt) {
        Signals machine = facts.telemetry().machine();
        double limit = machine.max(Signal.CONNTRACK_LIMIT);
        double most = machine.max(Signal.CONNTRACK_USED);
        if (limit <= 0 || most < FULL * limit) return Optional.empty();
        return Optional.of(Blame.on(
                        "host",
                        "conntrack",
                        "connection-tracking",
                        "connection tracking of this machine, limit " + Figures.number(limit))
                .limit(limit)
                .signal(Figures.number(most) + " of " + Figures.number(limit) + " connections remembered at the most")
                .signal(felt)
                .change("net.netfilter.nf_conntrack_max: " + Figures.number(limit) + " → " + Figures.number(2 * limit)
                        + ", or do not track these connections (notrack)"));
    }

    /** Half-open connections overflow, complete ones do not: nobody is slow to accept, somebody never completes. */
    private static Optional<Bottleneck> synQueue(Facts facts, String felt) {
        Optional<String> entry =
                facts.run().topology().path().stream().map(Topology.Node::name).findFirst();
        if (entry.isEmpty()) return Optional.empty();
        Telemetry telemetry = facts.telemetry();
        Signals network = telemetry.tier(entry.get()).stream()
                .findFirst()
                .map((Instance i) -> telemetry.network(i))
                .orElse(telemetry.machine());
        double dropped = telemetry.judged(network, Signal.SYN_QUEUE_OVERFLOWS);
        double refused = telemetry.judged(network, Signal.LISTEN_OVERFLOWS);
        double arrived = telemetry.judged(entry.get()).arrivals();
        if (dropped < Math.max(FEWEST, ONE_IN_A_THOUSAND * arrived) || refused > HARDLY * dropped)
            return Optional.empty();
        return Optional.of(Blame.on(entry.get(), "syn-queue", "syn-queue", "half-open connections of " + entry.get())
                .signal(Figures.count(Math.round(dropped))
                        + " requests for a connection met too many half-open ones, "
                        + Figures.count(Math.round(refused))
                        + " a full accept queue")
                .signal(felt)
                .change("find out who opens connections and never completes them; until then a larger"
                        + " net.ipv4.tcp_max_syn_backlog"));
    }

    private static Optional<Bottleneck> backlog(Facts facts, String felt) {
        Signals machine = facts.telemetry().machine();
        double packets = facts.telemetry().judged(machine, Signal.PACKETS);
        double dropped = facts.telemetry().judged(machine, Signal.PACKETS_DROPPED);
        if (packets < FEWEST || dropped < ONE_IN_A_THOUSAND * packets) return Optional.empty();
        return Optional.of(Blame.on(
                        "host",
                        "packet-backlog",
                        "packet-backlog",
                        "packets dropped by this machine before any socket saw them")
                .signal(Figures.count(Math.round(dropped)) + " of " + Figures.count(Math.round(packets))
                        + " packets dropped at full backlogs")
                .signal(felt)
                .change("spread the interrupts of the network card over more processors (RPS), or a larger"
                        + " net.core.netdev_max_backlog"));
    }
}
