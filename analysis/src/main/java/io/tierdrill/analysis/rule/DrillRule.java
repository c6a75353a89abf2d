package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.observed.Stress;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An instance that was killed, hung, drained or restarted on purpose just before requests were let down is why they
 * were: a drill, and no weakness under load. What was broken before it, or first broke long after, it does not explain.
 */
final class DrillRule {
    private static final long SECOND = 1_000_000_000L;
    /** Clients wait for one that hangs, and health checks for the third time; after that it is something else. */
    private static final long FELT_WITHIN = 10 * SECOND;

    private static final String DRILL = "drill";

    private DrillRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        Stress stress = facts.telemetry().stress();
        if (!stress.any()) return Optional.empty();
        return drills(facts).stream()
                .filter(e -> stress.beginsNanos() > e.atNanos() - SECOND)
                .filter(e -> stress.beginsNanos() <= e.atNanos() + FELT_WITHIN)
                .filter(e -> CrashRule.crashes(facts).stream().noneMatch(crash -> crash.atNanos() <= e.atNanos()))
                .findFirst()
                .map(e -> name(e, facts));
    }

    /** What was done on purpose, for whoever wonders at a gap in the curves. */
    static List<String> remarks(Facts facts) {
        return drills(facts).stream()
                .map(e -> e.subject() + " was " + e.message() + " at " + Figures.instant(e.atNanos()))
                .toList();
    }

    private static List<RunEvent> drills(Facts facts) {
        return facts.run().events().stream()
                .filter(e -> e.kind().equals(DRILL) && e.atNanos() >= 0 && e.atNanos() <= facts.measuredNanos())
                .filter(e -> CrashRule.tierOf(e.subject(), facts).isPresent())
                .toList();
    }

    private static Bottleneck name(RunEvent drill, Facts facts) {
        String when = Figures.instant(drill.atNanos());
        List<String> evidence = new ArrayList<>();
        evidence.add(drill.subject() + " was " + drill.message() + " at " + when);
        evidence.add("requests are let down from second "
                + facts.telemetry().stress().beginsNanos() / SECOND + " on");
        back(drill, facts).ifPresent(at -> evidence.add("it was given back at " + Figures.instant(at)));
        return new Bottleneck(
                CrashRule.tierOf(drill.subject(), facts).orElseThrow(),
                Optional.of(drill.subject()),
                "process",
                DRILL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                drill.subject() + " was " + drill.message() + " at " + when,
                Confidence.TWO_SIGNALS,
                evidence,
                "this was a drill: 'tierdrill drill' tells how long such a loss is felt and whose health check sees it");
    }

    private static Optional<Long> back(RunEvent drill, Facts facts) {
        return facts.run().events().stream()
                .filter(e -> e.kind().equals("drill-end") || e.kind().equals("restart"))
                .filter(e -> e.subject().equals(drill.subject()) && e.atNanos() >= drill.atNanos())
                .map(RunEvent::atNanos)
                .findFirst();
    }
}
