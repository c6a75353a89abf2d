package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RunEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Connections torn by a change of who takes part: a hash that moves more flows than it must, an instance that is stopped
 * without being drained. Nearly all failures are ends of connections, and nearly all come right behind the change; those
 * of an overload last as long as it does.
 */
final class MembershipRule {
    private static final long RIGHT_BEHIND_NANOS = 2_000_000_000L;
    private static final double NEARLY_ALL = 0.8;
    private static final int FEWEST = 5;
    private static final Set<String> CHANGES = Set.of("restart", "drain", "stop", "join", "leave", "wire");
    private static final Set<Outcome> TORN =
            Set.of(Outcome.CONNECTION_RESET, Outcome.SHORT_READ, Outcome.CONNECT_REFUSED, Outcome.STREAM_RESET);

    private MembershipRule() {}

    static Optional<Bottleneck> ask(Facts facts) {
        if (facts.failures().ratio() <= facts.objective().errorRatio()) return Optional.empty();
        List<RunEvent> changes = facts.run().events().stream()
                .filter(e -> CHANGES.contains(e.kind()) && e.atNanos() > 0 && e.atNanos() <= facts.measuredNanos())
                .filter(e -> CrashRule.tierOf(e.subject(), facts).isPresent())
                .toList();
        if (changes.isEmpty()) return Optional.empty();
        Requests requests = facts.run().requests();
        long failed = 0;
        long torn = 0;
        for (int i = 0; i < requests.count(); i++) {
            if (!requests.failed(i)) continue;
            failed++;
            if (TORN.contains(requests.outcome(i)) && isRightBehind(requests, i, changes)) torn++;
        }
        if (torn < FEWEST || torn < NEARLY_ALL * failed) return Optional.empty();
        return Optional.of(blame(changes, torn, failed, facts));
    }

    private static boolean isRightBehind(Requests requests, int i, List<RunEvent> changes) {
        return changes.stream()
                .anyMatch(e -> requests.doneNanos(i) >= e.atNanos()
                        && requests.doneNanos(i) <= e.atNanos() + RIGHT_BEHIND_NANOS);
    }

    private static Bottleneck blame(List<RunEvent> changes, long torn, long failed, Facts facts) {
        RunEvent first = changes.get(0);
        String tier = CrashRule.tierOf(first.subject(), facts).orElseThrow();
        String more = changes.size() > 1 ? " and " + (changes.size() - 1) + " more" : "";
        return Blame.on(
                        tier,
                        "connections",
                        "membership-change",
                        "connections torn when " + first.subject() + " changed at " + Figures.instant(first.atNanos())
                                + more)
                .signal(Figures.count(torn) + " of " + Figures.count(failed)
                        + " failures are torn connections within 2 s of a change")
                .context(first.kind() + " of " + first.subject() + ": " + first.message())
                .change("let " + tier
                        + " finish what it has before it leaves (drain), and spread with a hash that moves"
                        + " only the flows it must");
    }
}
