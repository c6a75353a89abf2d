package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.InstanceId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An instance that takes no connections and still gets its share of them, as when a balancer has died and its route is
 * still announced: one in so many fails, all the time, and the others are perfect. An instance that has too much to do
 * refuses some and takes some.
 */
final class BlackholeRule {
    private static final double NEARLY_ALL = 0.9;
    private static final double ONE_IN_A_THOUSAND = 0.001;
    private static final int FEWEST = 20;

    private BlackholeRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        return facts.tiers().stream()
                .flatMap(tier -> below(tier, facts).stream())
                .findFirst();
    }

    /** What one tier tells of its attempts to connect to each instance below. */
    private static Optional<Bottleneck> below(String tier, Facts facts) {
        Map<String, Double> failed = new TreeMap<>();
        Map<String, Double> picked = new TreeMap<>();
        for (Instance i : facts.telemetry().tier(tier)) {
            for (String of : i.signals().of(Signal.FAILED_CONNECTS)) {
                failed.merge(of, i.signals().growth(Signal.FAILED_CONNECTS, of, 0, facts.measuredNanos()), Double::sum);
                picked.merge(of, i.signals().growth(Signal.PICKS, of, 0, facts.measuredNanos()), Double::sum);
            }
        }
        double all = picked.values().stream().mapToDouble(n -> n).sum();
        double lost = failed.values().stream().mapToDouble(n -> n).sum();
        if (lost < Math.max(FEWEST, ONE_IN_A_THOUSAND * all)) return Optional.empty();
        return failed.entrySet().stream()
                .filter(e -> e.getValue() >= NEARLY_ALL * lost)
                .filter(e -> e.getValue() >= NEARLY_ALL * picked.get(e.getKey()))
                .findFirst()
                .map(e -> blame(tier, e.getKey(), e.getValue(), lost, all, facts));
    }

    private static Bottleneck blame(String above, String address, double failed, double lost, double all, Facts facts) {
        Optional<InstanceId> dead = facts.at(address);
        String who = dead.map(InstanceId::toString).orElse(address);
        String tier =
                dead.map(InstanceId::tier).orElseGet(() -> facts.next(above).orElse(above));
        Blame blame = Blame.on(
                        tier,
                        "route",
                        "blackhole",
                        who + " takes no connections, and " + above + " still sends it some")
                .signal(Figures.count(Math.round(failed)) + " connections to " + who
                        + " failed, hardly one came through")
                .signal("of " + Figures.count(Math.round(all)) + " connections " + Figures.wholePercent(failed / all)
                        + " went there; to all others " + Figures.count(Math.round(lost - failed)) + " failed");
        dead.ifPresent(blame::instance);
        return blame.change("take " + who + " out of " + above + ", or let " + above
                + " notice that it is gone: withdraw its route, check its health");
    }
}
