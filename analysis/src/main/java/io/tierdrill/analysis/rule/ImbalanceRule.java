package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Before 'add capacity': where one instance is full and its siblings are not, the tier has capacity left. Either it
 * gets more than its share (the tier above spreads badly), or it is slower than they are.
 */
final class ImbalanceRule {
    private static final double UNEVEN = 1.3;

    private ImbalanceRule() {}

    static Optional<Bottleneck> ask(TierLimit limit, Facts facts) {
        if (limit.uses().size() < 2) return Optional.empty();
        double ratio = limit.meanShare() <= 0 ? 0 : limit.share() / limit.meanShare();
        if (ratio <= UNEVEN) return Optional.empty();
        InstanceId hot = limit.hottest().instance();
        double load = loadRatio(limit.tier(), hot, facts);
        List<String> evidence = new ArrayList<>();
        evidence.add(hot + " at " + Figures.wholePercent(limit.share()) + " of its "
                + (limit.isCpu() ? "CPU" : limit.resource().replace('-', ' ')) + ", the mean of "
                + limit.uses().size() + " instances is " + Figures.wholePercent(limit.meanShare()));
        boolean spread = load > UNEVEN;
        evidence.add(
                spread
                        ? hot + " gets " + Figures.number(load) + " times its share of the arrivals"
                        : "arrivals are even (" + hot + " gets " + Figures.number(load)
                                + " times its share), so it is slower than its siblings");
        if (limit.waiters() >= 0.05) evidence.add(Figures.number(limit.waiters()) + " requests waiting on average");
        return Optional.of(new Bottleneck(
                limit.tier(),
                Optional.of(hot.toString()),
                limit.resource(),
                spread ? "imbalance" : "slow-instance",
                Optional.of(limit.hottest().capacity()),
                spread ? spreader(limit.tier(), facts) : limit.setting(),
                (spread ? spreader(limit.tier(), facts) : limit.setting()).flatMap(facts::place),
                hot + (spread ? " gets too much" : " is slower than its siblings") + ": " + Wording.title(limit, facts),
                Confidence.TWO_SIGNALS,
                evidence,
                spread ? spreadBetter(limit, facts) : "find out what slows " + hot + ", or take it out"));
    }

    private static String spreadBetter(TierLimit limit, Facts facts) {
        String who = spreader(limit.tier(), facts).orElse("the tier above");
        return "spread the load before adding any: " + who + "; evenly spread, " + limit.words() + " would be at "
                + Figures.wholePercent(limit.meanShare());
    }

    private static double loadRatio(String tier, InstanceId hot, Facts facts) {
        double all = facts.telemetry().totals(tier).arrivals();
        double mine = facts.telemetry()
                .of(hot)
                .map(Instance::flow)
                .map(f -> f.over(0, facts.measuredNanos()).arrivals())
                .orElse(0.0);
        return all <= 0 ? 1 : mine * facts.instances(tier) / all;
    }

    /** The setting that decides how the tier above spreads. */
    private static Optional<String> spreader(String tier, Facts facts) {
        List<String> path =
                facts.run().topology().path().stream().map(Topology.Node::name).toList();
        int at = path.indexOf(tier);
        if (at < 1) return Optional.empty();
        String above = "stack." + path.get(at - 1);
        return Stream.of(above + ".policy", above + ".hash")
                .filter(s -> facts.place(s).isPresent())
                .findFirst();
    }
}
