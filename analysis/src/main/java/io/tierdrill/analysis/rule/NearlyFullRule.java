package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.observed.Cpu;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something is at a limit and no rule can tell which: a processor thread that hardly ever rests is the likeliest. Never
 * more than a suspicion.
 */
final class NearlyFullRule {
    private static final double HARDLY_RESTS = 0.85;

    private NearlyFullRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        return TierLimit.all(facts).stream()
                .filter(TierLimit::isCpu)
                .filter(l -> ready(l, facts) >= HARDLY_RESTS)
                .max(Comparator.comparingDouble(TierLimit::share))
                .map(l -> suspect(l, facts));
    }

    private static double ready(TierLimit limit, Facts facts) {
        return facts.telemetry()
                .of(limit.hottest().instance())
                .map(Instance::cpu)
                .map(cpu -> ready(cpu, facts))
                .orElse(0.0);
    }

    private static double ready(Cpu cpu, Facts facts) {
        return cpu.ready(0, facts.measuredNanos());
    }

    private static Bottleneck suspect(TierLimit limit, Facts facts) {
        List<String> evidence = new ArrayList<>();
        evidence.add("its busiest thread runs " + Figures.wholePercent(limit.share()) + " of the time and runs or waits"
                + " for a processor " + Figures.wholePercent(ready(limit, facts)));
        evidence.add("no limit was full in most windows");
        return new Bottleneck(
                limit.tier(),
                Optional.empty(),
                limit.resource(),
                limit.kind().word(),
                Optional.of(limit.hottest().capacity()),
                limit.setting(),
                limit.setting().flatMap(facts::place),
                Wording.title(limit, facts),
                Confidence.SUSPECTED,
                evidence,
                Wording.change(limit, facts));
    }
}
