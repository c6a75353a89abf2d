package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nothing is full, and too many requests fail: whose errors are they? */
final class ErrorRule {
    private static final double MOST = 0.5;

    private ErrorRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        if (facts.failures().ratio() <= facts.objective().errorRatio()) return Optional.empty();
        Outcome kind = facts.run().requests().failuresByKind().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        Optional<String> tier = kind == Outcome.DNS_FAILURE ? dns(facts) : mostErrors(facts);
        return tier.map(t -> blame(t, kind, facts));
    }

    private static Optional<String> dns(Facts facts) {
        return facts.run().topology().tiers().stream()
                .filter(t -> t.kind() == TierKind.DNS)
                .map(Topology.Node::name)
                .findFirst();
    }

    private static double errors(String tier, Facts facts) {
        return facts.telemetry().totals(tier).errors();
    }

    /** An error is passed on upwards and counted where it is made, so whoever counts most made most. */
    private static Optional<String> mostErrors(Facts facts) {
        return facts.tiers().stream()
                .max(Comparator.<String>comparingDouble(t -> errors(t, facts)).thenComparingInt(facts::depth))
                .filter(t -> errors(t, facts) >= MOST * facts.failures().hits());
    }

    private static Bottleneck blame(String tier, Outcome kind, Facts facts) {
        double own = errors(tier, facts);
        List<String> evidence = new ArrayList<>();
        evidence.add(
                Figures.count(facts.failures().hits()) + " requests failed, most of them as '" + kind.word() + "'");
        if (own > 0) evidence.add(tier + " counts " + Figures.count(Math.round(own)) + " errors of its own");
        evidence.add("no limit of any tier was full");
        return new Bottleneck(
                tier,
                Optional.empty(),
                "answers",
                "errors",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                tier + " fails " + Figures.percent(facts.failures().ratio()) + " of requests, with room to spare",
                own > 0 ? Confidence.TWO_SIGNALS : Confidence.SUSPECTED,
                evidence,
                "find out why " + tier + " answers with errors: more capacity will not help");
    }
}
