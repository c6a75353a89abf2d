package io.tierdrill.scenarios.drill;

import io.tierdrill.targets.DrillAction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What shall be tried.
 *
 * @param atRate requests a second, or empty for a share of the scenario's own rate
 * @param loadShare of the scenario's mean rate, above 0
 * @param actions in this order for each component; {@link DrillAction#RESUME} is how a drill ends and none itself
 * @param components instances or tiers, outermost first; empty for one instance of each tier
 * @param quick shorter pauses before and after
 */
public record DrillPlan(
        Optional<Double> atRate, double loadShare, List<DrillAction> actions, List<String> components, boolean quick) {
    public static final List<DrillAction> ALL =
            List.of(DrillAction.KILL, DrillAction.HANG, DrillAction.DRAIN, DrillAction.RESTART);

    public DrillPlan {
        actions = List.copyOf(actions);
        components = List.copyOf(components);
        atRate.ifPresent(r -> {
            if (!(r > 0)) throw new IllegalArgumentException("atRate must be above 0, was " + r);
        });
        if (!(loadShare > 0)) throw new IllegalArgumentException("loadShare must be above 0, was " + loadShare);
        if (actions.isEmpty() || !ALL.containsAll(actions))
            throw new IllegalArgumentException("actions must be some of " + ALL + ", were " + actions);
    }

    /** Calm, to compare with. */
    Duration before() {
        return Duration.ofSeconds(quick ? 3 : 5);
    }

    /** How long it is away: half as long again as the usual health check takes for one that hangs (three times its interval and timeout). */
    Duration away() {
        return Duration.ofSeconds(quick ? 12 : 15);
    }

    /** For it to come back, a process to start in it and a health check to believe it. */
    Duration after() {
        return Duration.ofSeconds(quick ? 5 : 8);
    }

    Duration length() {
        return before().plus(away()).plus(after());
    }
}
