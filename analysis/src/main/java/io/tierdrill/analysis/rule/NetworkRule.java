package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Signals;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.observed.Windows;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import java.util.Optional;

/**
 * Segments that have to be sent again, while slow requests spend their time between tiers. A busy program loses none:
 * the kernel acknowledges for it. Where a link carries what it can, that is the reason; else the network loses.
 */
final class NetworkRule {
    private static final double LOSSY = 0.01;
    private static final double NEARLY_ALL = 0.9;
    private static final double MOST_WINDOWS = 0.8;
    private static final int FEWEST = 1_000;

    private NetworkRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        if (!StageSignal.betweenTiers(facts) || processorsAreShort(facts)) return Optional.empty();
        Telemetry telemetry = facts.telemetry();
        for (Instance i : telemetry.stack()) {
            Signals own = telemetry.network(i);
            if (own != telemetry.machine() && loss(own, facts) >= LOSSY)
                return Optional.of(blame(i.id().tier(), Optional.of(i), own, facts));
        }
        if (loss(telemetry.machine(), facts) < LOSSY) return Optional.empty();
        return Optional.of(blame("network", Optional.empty(), telemetry.machine(), facts));
    }

    /** A machine or a loop without a moment to spare answers late what it would have answered in time. */
    private static boolean processorsAreShort(Facts facts) {
        Telemetry telemetry = facts.telemetry();
        return telemetry.host().fullShare(telemetry.windows(), telemetry.stress()::judges) >= MOST_WINDOWS
                || TierLimit.saturated(facts).stream().anyMatch(l -> l.kind() == ResourceKind.CPU);
    }

    private static double loss(Signals network, Facts facts) {
        double sent = facts.telemetry().judged(network, Signal.SEGMENTS);
        return sent < FEWEST ? 0 : facts.telemetry().judged(network, Signal.RETRANSMITS) / sent;
    }

    private static Bottleneck blame(String tier, Optional<Instance> instance, Signals network, Facts facts) {
        Optional<String> link = fullLink(network, facts);
        double loss = loss(network, facts);
        double timeouts = facts.telemetry().judged(network, Signal.TCP_TIMEOUTS);
        Blame blame = Blame.on(
                        tier,
                        link.isPresent() ? "link" : "segments",
                        link.isPresent() ? "network-rate" : "network-loss",
                        link.map(name -> "link " + name + ", which carries what it can")
                                .orElse("the network"
                                        + instance.map(i -> " of " + i.id()).orElse("") + " loses segments"))
                .signal(Figures.percent(loss) + " of segments had to be sent again")
                .signal("slow requests spend most of their time between tiers, or get no answer");
        instance.ifPresent(i -> blame.instance(i.id()));
        if (timeouts >= 1) blame.context(Figures.count(Math.round(timeouts)) + " retransmission timers ran out");
        return blame.change(
                link.isPresent()
                        ? "send less (compress, cache), or a faster link; more processes will not help"
                        : "look for what drops them: cable, switch, policer, firewall; more processes will not help");
    }

    /** The name of a link that was at its speed in most judged windows. */
    private static Optional<String> fullLink(Signals network, Facts facts) {
        Signals machine = facts.telemetry().machine();
        Windows windows = facts.telemetry().windows();
        for (String name : network.of(Signal.LINK_BYTES)) {
            double speed = machine.max(Signal.LINK_SPEED, name);
            if (speed <= 0) continue;
            int judged = 0;
            int full = 0;
            for (int i = 0; i < windows.count(); i++) {
                if (!facts.telemetry().stress().judges(windows.from(i))) continue;
                judged++;
                double rate =
                        network.growth(Signal.LINK_BYTES, name, windows.from(i), windows.to(i)) / windows.seconds();
                if (rate >= NEARLY_ALL * speed) full++;
            }
            if (judged > 0 && full >= MOST_WINDOWS * judged) return Optional.of(name);
        }
        return Optional.empty();
    }
}
