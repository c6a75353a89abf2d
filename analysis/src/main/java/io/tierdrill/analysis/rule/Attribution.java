package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks the rules that name a culprit, in order; the first that has an answer decides. */
public final class Attribution {
    private static final List<Function<Facts, Optional<Bottleneck>>> ORDER = List.of(
            DrillRule::ask,
            CrashRule::ask,
            BlackholeRule::ask,
            MembershipRule::ask,
            HealthRule::ask,
            RetryRule::ask,
            MachineTableRule::ask,
            HostCpuRule::ask,
            NetworkRule::ask,
            SlowClientRule::ask,
            BackPressureRule::ask,
            CollectorRule::alone,
            BlockedLoopRule::alone,
            SerialSection::ask,
            DnsFallbackRule::ask,
            ErrorRule::ask,
            DelayedAckRule::ask,
            LatencyRule::ask,
            NearlyFullRule::ask);

    private Attribution() {}

    /** What breaks first in a stack that is at a limit; nothing where no rule can tell. */
    public static Optional<Bottleneck> ask(Facts facts) {
        return ORDER.stream().flatMap(rule -> rule.apply(facts).stream()).findFirst();
    }
}
