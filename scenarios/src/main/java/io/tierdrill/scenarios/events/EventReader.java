package io.tierdrill.scenarios.events;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.targets.DrillAction;
import io.tierdrill.targets.StackConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code events:}, a list such as {@code - {at: 60s, kill: l4/1}}. Stateless. */
public final class EventReader {
    private static final Seeds ANY = new Seeds(0);

    private EventReader() {}

    /**
     * The events in the order of their times; whatever is wrong with them becomes a problem of the node.
     *
     * @param stack ours, or empty where it is somebody else's
     * @param length the measured time, in which they must lie
     */
    public static List<PlannedEvent> read(ConfigNode scenario, Optional<StackConfig> stack, Duration length) {
        List<ConfigNode> nodes = scenario.objects("events");
        List<PlannedEvent> events = new ArrayList<>();
        for (ConfigNode node : nodes) one(node, stack, length).ifPresent(events::add);
        if (!nodes.isEmpty() && stack.isEmpty())
            scenario.problem(
                    "events",
                    "cannot be carried out: the scenario aims at somebody else's stack",
                    "Leave them out, or write a 'stack:'.");
        events.sort(Comparator.comparing(PlannedEvent::at));
        return List.copyOf(events);
    }

    private static Optional<PlannedEvent> one(ConfigNode node, Optional<StackConfig> stack, Duration length) {
        Optional<Duration> at = at(node, length);
        List<DrillAction> actions = new ArrayList<>();
        String whom = "";
        for (DrillAction action : DrillAction.values()) {
            if (!node.has(action.word())) continue;
            actions.add(action);
            whom = node.requiredText(action.word());
            if (stack.isPresent() && !whom.isEmpty()) check(node, action, whom, stack.get());
        }
        if (actions.isEmpty())
            node.problem(
                    "kill",
                    "is missing, and so is every other act",
                    "Write one of " + String.join(", ", DrillAction.words()) + ", such as 'kill: l4/1'.");
        if (actions.size() > 1)
            node.problem(
                    actions.get(1).word(),
                    "stands beside " + actions.get(0).word(),
                    "Write two events, each with its 'at:'.");
        node.finish();
        return at.isPresent() && actions.size() == 1
                ? Optional.of(new PlannedEvent(at.get(), actions.get(0), whom))
                : Optional.empty();
    }

    private static Optional<Duration> at(ConfigNode node, Duration length) {
        if (!node.has("at")) {
            node.problem("at", "is missing", "Say when, counted from the start of the measured time: 'at: 10s'.");
            return Optional.empty();
        }
        Optional<Duration> at = node.optionalDuration("at");
        if (at.isEmpty() || (!at.get().isNegative() && at.get().compareTo(length) < 0)) return at;
        node.problem(
                "at",
                "is outside the run: " + DurationText.format(at.get()),
                "Allowed: from 0s to less than the duration, " + DurationText.format(length) + ".");
        return Optional.empty();
    }

    private static void check(ConfigNode node, DrillAction action, String whom, StackConfig stack) {
        Optional<InstanceId> instance = PlannedEvent.instance(whom, stack, ANY);
        if (instance.isEmpty()) node.problem(action.word(), "there is no \"" + whom + "\" in this stack", known(stack));
        else if (action == DrillAction.DRAIN
                && !stack.canDrain(PlannedEvent.kind(instance.get().tier()).orElseThrow()))
            node.problem(
                    action.word(),
                    whom + " cannot be drained: no tier in front of it could leave it out",
                    "Kill, hang or restart it, or drain an instance of a tier below.");
    }

    /** {@code Known: l4/1 to l4/2, service/1; a tier alone means one of it, chosen by the seed.} */
    public static String known(StackConfig stack) {
        return Arrays.stream(TierKind.values())
                .filter(tier -> stack.instances(tier) > 0)
                .map(tier -> tier.word() + "/1"
                        + (stack.instances(tier) > 1 ? " to " + tier.word() + "/" + stack.instances(tier) : ""))
                .collect(Collectors.joining(
                        ", ", "Known: ", "; a tier alone means one instance of it, chosen by the seed."));
    }
}
