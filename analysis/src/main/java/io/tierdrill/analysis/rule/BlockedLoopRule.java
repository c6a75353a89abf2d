package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.ResourceUse;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Signal;
import java.util.Comparator;
import java.util.Optional;

/**
 * An event loop that is held up by something that does not compute: a call that blocks, a process that is stopped. Its
 * timer comes late although it had no work and could have had a processor. A busy loop is late too, and is busy; one
 * without a processor is late too, and waits for it.
 */
final class BlockedLoopRule {
    private static final double GOOD_PART = 0.1;
    private static final double NOT_BUSY = 0.7;
    private static final double MOSTLY = 0.5;
    private static final double EXPLAINED = 2;
    private static final double LARGE_PART = 0.2;

    private BlockedLoopRule() {}

    /** Something of a tier is full; is it full because the loop stands still? */
    static Optional<Bottleneck> behind(TierLimit full, Facts facts) {
        if (full.is(ResourceUse.CPU_QUOTA) || full.isCpu()) return Optional.empty();
        return facts.telemetry()
                .of(full.hottest().instance())
                .filter(i -> isBlocked(i, facts))
                .map(i -> blame(i, facts, Wording.signals(full, facts).stream().findFirst()));
    }

    /** Nothing is full; does a loop stand still? */
    static Optional<Bottleneck> alone(Facts facts) {
        return facts.telemetry().stack().stream()
                .filter(i -> isBlocked(i, facts) && late(i, facts) >= LARGE_PART)
                .max(Comparator.comparingDouble(i -> late(i, facts)))
                .map(i -> blame(i, facts, Optional.empty()));
    }

    private static boolean isBlocked(Instance instance, Facts facts) {
        return instance.hasCpu()
                && late(instance, facts) >= GOOD_PART
                && facts.telemetry().judgedReady(instance) < NOT_BUSY
                && late(instance, facts) >= EXPLAINED * waited(instance, facts)
                && CollectorRule.share(instance, facts) < MOSTLY * late(instance, facts);
    }

    /** By how much the timer was late, over the time judged. */
    private static double late(Instance instance, Facts facts) {
        double seconds = facts.telemetry().judgedSeconds();
        return seconds <= 0 ? 0 : facts.telemetry().judged(instance.signals(), Signal.LOOP_LATE_SECONDS) / seconds;
    }

    /** Time its threads waited for a processor, over the time judged: at most so much of the lateness is due to that. */
    private static double waited(Instance instance, Facts facts) {
        double seconds = facts.telemetry().judgedSeconds();
        return seconds <= 0 ? 0 : facts.telemetry().judgedRunDelay(instance) / seconds;
    }

    private static Bottleneck blame(Instance instance, Facts facts, Optional<String> full) {
        return Blame.on(
                        instance.id().tier(),
                        "event-loop",
                        "blocked-loop",
                        "event loop of " + instance.id() + ", held up by something that does not compute")
                .instance(instance.id())
                .signal("its timer was late by " + Figures.wholePercent(late(instance, facts)) + " of the time")
                .signal("its busiest thread ran or wanted to only "
                        + Figures.wholePercent(facts.telemetry().judgedReady(instance)) + " of it")
                .signal(full)
                .change("take a thread dump of " + instance.id() + " under load and move what blocks off the loop");
    }
}
