package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Stress;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process that died before requests were let down is the cause; one that died after is a consequence. */
final class CrashRule {
    private static final long SECOND = 1_000_000_000L;
    private static final double OUT_OF_MEMORY = 0.95;
    private static final String CRASH = "crash";

    private CrashRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        Stress stress = facts.telemetry().stress();
        if (!stress.any()) return Optional.empty();
        return crashes(facts).stream()
                .filter(e -> e.atNanos() <= stress.beginsNanos() + SECOND)
                .findFirst()
                .map(e -> blame(e, facts));
    }

    /** Of the stack, within the run. */
    static List<RunEvent> crashes(Facts facts) {
        return facts.run().events().stream()
                .filter(e -> e.kind().equals(CRASH) && e.atNanos() <= facts.measuredNanos())
                .filter(e -> tierOf(e.subject(), facts).isPresent())
                .toList();
    }

    static Optional<String> tierOf(String subject, Facts facts) {
        int slash = subject.indexOf('/');
        String tier = slash < 0 ? subject : subject.substring(0, slash);
        return facts.tiers().stream().filter(tier::equals).findFirst();
    }

    /** A heap that is full to the brim when its process ends is why it ended. */
    private static Optional<String> fullHeap(InstanceId id, Facts facts) {
        return facts.telemetry()
                .of(id)
                .map(Instance::signals)
                .filter(s -> s.max(Signal.HEAP_USED) >= OUT_OF_MEMORY * s.max(Signal.HEAP_LIMIT))
                .filter(s -> s.max(Signal.HEAP_LIMIT) > 0)
                .map(s -> "its heap stood at "
                        + Figures.wholePercent(s.max(Signal.HEAP_USED) / s.max(Signal.HEAP_LIMIT)) + " of "
                        + Figures.bytes(s.max(Signal.HEAP_LIMIT)));
    }

    private static Bottleneck blame(RunEvent crash, Facts facts) {
        String tier = tierOf(crash.subject(), facts).orElseThrow();
        boolean one = crash.subject().indexOf('/') > 0;
        List<String> evidence = new ArrayList<>();
        evidence.add(crash.message());
        evidence.add("requests are let down from second "
                + facts.telemetry().stress().beginsNanos() / SECOND + " on, it died at "
                + Figures.instant(crash.atNanos()));
        Optional<String> heap = one ? fullHeap(InstanceId.parse(crash.subject()), facts) : Optional.empty();
        heap.ifPresent(evidence::add);
        long more = crashes(facts).size() - 1L;
        if (more > 0) evidence.add(Figures.count(more) + " more crashed in this run");
        return new Bottleneck(
                tier,
                one ? Optional.of(InstanceId.parse(crash.subject()).toString()) : Optional.empty(),
                "process",
                heap.isPresent() ? "memory" : CRASH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                crash.subject() + " crashed at " + Figures.instant(crash.atNanos()),
                Confidence.TWO_SIGNALS,
                evidence,
                "read what it wrote last in instances/, and let the stack bear the loss of one " + tier);
    }
}
