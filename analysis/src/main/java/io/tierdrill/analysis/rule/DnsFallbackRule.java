package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.Optional;

/** Answers of a name server that do not fit into a datagram: every such question is asked twice, the second time over TCP. */
final class DnsFallbackRule {
    private static final double MANY = 0.1;
    private static final double FELT = 0.2;

    private DnsFallbackRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        return facts.run().topology().tiers().stream()
                .filter(t -> t.kind() == TierKind.DNS)
                .map(Topology.Node::name)
                .flatMap(dns -> at(dns, facts).stream())
                .findFirst();
    }

    private static Optional<Bottleneck> at(String dns, Facts facts) {
        double queries = facts.telemetry().judged(dns).arrivals();
        double truncated = facts.telemetry().judged(dns, Signal.DNS_TRUNCATED);
        double again = facts.telemetry().judged(dns, Signal.DNS_TCP_QUERIES);
        Optional<StageTable.Row> lookup = facts.stages().rows().stream()
                .filter(r -> r.stage().equals("dns") && r.tailShare() >= FELT)
                .findFirst();
        if (lookup.isEmpty() || queries < 1 || truncated < MANY * queries || again < 1) return Optional.empty();
        return Optional.of(Blame.on(
                        dns, "datagram", "dns-truncation", "answers of " + dns + " that do not fit into a datagram")
                .signal(Figures.count(Math.round(truncated)) + " of " + Figures.count(Math.round(queries))
                        + " answers were cut short, " + Figures.count(Math.round(again)) + " asked again over TCP")
                .signal("looking names up takes "
                        + Figures.wholePercent(lookup.get().tailShare()) + " of the time of a slow request")
                .change("fewer addresses in an answer of " + dns + ", or a longer TTL, so that fewer ask"));
    }
}
