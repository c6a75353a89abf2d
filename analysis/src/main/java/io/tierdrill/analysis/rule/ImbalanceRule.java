package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Before 'add capacity': where one instance is full and its siblings are not, the tier has capacity left. Either it gets
 * more than its share, because of a policy, a hash, two hashes that agree, or names that are kept too long; or it is
 * slower than they are.
 */
final class ImbalanceRule {
    private static final double UNEVEN = Spread.UNEVEN;

    private ImbalanceRule() {}

    static Optional<Bottleneck> ask(TierLimit limit, Facts facts) {
        if (limit.uses().size() < 2) return Optional.empty();
        double ratio = limit.meanShare() <= 0 ? 0 : limit.share() / limit.meanShare();
        if (ratio <= UNEVEN) return Optional.empty();
        InstanceId hot = limit.hottest().instance();
        double load = loadRatio(limit.tier(), hot, facts);
        return Optional.of(load > UNEVEN ? spreadBadly(limit, hot, load, facts) : slow(limit, hot, load, facts));
    }

    private static Bottleneck slow(TierLimit limit, InstanceId hot, double load, Facts facts) {
        return start(limit, hot, "slow-instance", " is slower than its siblings: ", limit.setting(), facts)
                .signal("arrivals are even (" + hot + " gets " + Figures.number(load)
                        + " times its share), so it is slower than its siblings")
                .context(waiting(limit))
                .change("find out what slows " + hot + ", or take it out");
    }

    private static Bottleneck spreadBadly(TierLimit limit, InstanceId hot, double load, Facts facts) {
        Optional<Topology.Node> above = Spread.above(limit.tier(), facts);
        Optional<Topology.Node> names = dns(facts).filter(d -> above.isEmpty());
        List<Integer> leftOut = above.map(a -> Spread.leftOut(a, facts)).orElse(List.of());
        String kind = "imbalance";
        if (!leftOut.isEmpty()) kind = "ecmp-polarisation";
        else if (above.filter(Spread::hashes).isPresent()) kind = "hash-imbalance";
        else if (names.filter(d -> answersAreEven(d.name(), facts)).isPresent()) kind = "dns-skew";
        Optional<String> setting = names.isPresent() ? ttl(names.get(), facts) : spreader(above, facts);
        return start(limit, hot, kind, " gets too much: ", setting, facts)
                .signal(hot + " gets " + Figures.number(load) + " times its share of the arrivals")
                .context(why(kind, hot, above, names, leftOut, facts))
                .context(waiting(limit))
                .change(change(kind, limit, setting));
    }

    private static Blame start(
            TierLimit limit, InstanceId hot, String kind, String is, Optional<String> setting, Facts facts) {
        return Blame.on(limit.tier(), limit.resource(), kind, hot + is + Wording.title(limit, facts))
                .instance(hot)
                .limit(limit.hottest().capacity())
                .setting(setting, facts)
                .signal(hot + " at " + Figures.wholePercent(limit.share()) + " of its "
                        + (limit.isCpu() ? "CPU" : limit.resource().replace('-', ' ')) + ", the mean of "
                        + limit.uses().size() + " instances is " + Figures.wholePercent(limit.meanShare()));
    }

    private static Optional<String> waiting(TierLimit limit) {
        return limit.waiters() < 0.05
                ? Optional.empty()
                : Optional.of(Figures.number(limit.waiters()) + " requests waiting on average");
    }

    private static Optional<String> why(
            String kind,
            InstanceId hot,
            Optional<Topology.Node> above,
            Optional<Topology.Node> names,
            List<Integer> leftOut,
            Facts facts) {
        return switch (kind) {
            case "ecmp-polarisation" ->
                Optional.of("each " + above.orElseThrow().name() + " leaves out " + leftOut.get(0) + " of "
                        + facts.instances(hot.tier()) + " although flows reach all of them evenly: two hashes agree");
            case "dns-skew" ->
                Optional.of(names.orElseThrow().name() + " answers with all addresses evenly: whoever resolved them"
                        + " keeps using one");
            case "hash-imbalance" -> elephants(hot, facts);
            default -> Optional.empty();
        };
    }

    /** Connections may be even where what is sent over them is not. */
    private static Optional<String> elephants(InstanceId hot, Facts facts) {
        return Spread.shareOf(hot, facts)
                .map(share -> share <= UNEVEN
                        ? "it gets its share of the connections (" + Figures.number(share)
                                + " times): a few of them carry most of the requests"
                        : "it gets " + Figures.number(share) + " times its share of the connections");
    }

    private static String change(String kind, TierLimit limit, Optional<String> setting) {
        String evenly = "; evenly spread, " + limit.words() + " would be at " + Figures.wholePercent(limit.meanShare());
        return switch (kind) {
            case "ecmp-polarisation" -> "give the two stages different seeds or fields to hash" + evenly;
            case "hash-imbalance" ->
                "more connections, or shorter ones, so that the hash has something to spread" + evenly;
            case "dns-skew" -> "a shorter TTL, more resolvers, or one address for all" + evenly;
            default -> "spread the load before adding any: " + setting.orElse("the tier above") + evenly;
        };
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

    private static Optional<Topology.Node> dns(Facts facts) {
        return facts.run().topology().tiers().stream()
                .filter(t -> t.kind() == TierKind.DNS)
                .findFirst();
    }

    private static boolean answersAreEven(String dns, Facts facts) {
        SortedMap<String, Double> answers = new TreeMap<>();
        for (Instance i : facts.telemetry().tier(dns))
            for (String of : i.signals().of(Signal.DNS_ANSWERS))
                answers.merge(
                        of,
                        i.signals().growth(Signal.DNS_ANSWERS, of, Long.MIN_VALUE / 2, facts.measuredNanos()),
                        Double::sum);
        return answers.size() >= 2 && Spread.unevenness(answers) <= UNEVEN;
    }

    private static Optional<String> ttl(Topology.Node dns, Facts facts) {
        return Optional.of("stack." + dns.name() + ".ttl")
                .filter(s -> facts.place(s).isPresent());
    }

    /** The setting that decides how the tier above spreads. */
    private static Optional<String> spreader(Optional<Topology.Node> above, Facts facts) {
        return above.map(a -> "stack." + a.name())
                .flatMap(path -> Stream.of(path + ".policy", path + ".hash")
                        .filter(s -> facts.place(s).isPresent())
                        .findFirst());
    }
}
