package io.tierdrill.scenarios.events;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.targets.DrillAction;
import io.tierdrill.targets.StackConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One act.
 *
 * @param at from the start of the measured time, 0 or more
 * @param whom an instance such as {@code l7/2}, or a tier for one instance of it chosen by the seed
 */
public record PlannedEvent(Duration at, DrillAction action, String whom) {
    public PlannedEvent {
        if (at.isNegative()) throw new IllegalArgumentException("at must be 0s or more, was " + at);
    }

    /** As {@link EventReader} reads it back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", DurationText.format(at));
        map.put(action.word(), whom);
        return map;
    }

    /**
     * The instance meant; nothing where the stack has none such. A tier's name means the same instance every time, so
     * that what is hung can be resumed.
     */
    public static Optional<InstanceId> instance(String whom, StackConfig stack, Seeds seeds) {
        String tier = whom.substring(0, whom.indexOf('/') < 0 ? whom.length() : whom.indexOf('/'));
        int count = kind(tier).map(stack::instances).orElse(0);
        if (count == 0) return Optional.empty();
        if (whom.equals(tier))
            return Optional.of(new InstanceId(
                    tier, 1 + seeds.stream("the instance of " + tier).nextInt(count)));
        String number = whom.substring(tier.length() + 1);
        return number.matches("[1-9]\\d{0,3}") && Integer.parseInt(number) <= count
                ? Optional.of(InstanceId.parse(whom))
                : Optional.empty();
    }

    /** The kind of a tier by its name in the bundled stack. */
    public static Optional<TierKind> kind(String tier) {
        return Arrays.stream(TierKind.values())
                .filter(kind -> kind.word().equals(tier))
                .findFirst();
    }
}
