package io.tierdrill.scenarios.evaluate.force;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whom a force hits.
 *
 * @param tier a tier of the stack, or {@code injector}
 * @param instance only this one of it; empty for all
 */
record Whom(String tier, Optional<Integer> instance) {
    private static final List<String> TIERS = tiers();

    /** Takes {@code tier} and {@code instance} out of the node; nothing where no tier is written. */
    static Optional<Whom> from(ConfigNode node) {
        boolean named = node.has("tier");
        if (!named) node.requiredText("tier");
        String tier = node.word("tier", "", TIERS);
        int instance = node.integer("instance", 0, 1, 64);
        if (tier.isEmpty()) return Optional.empty();
        return Optional.of(new Whom(tier, instance == 0 ? Optional.empty() : Optional.of(instance)));
    }

    boolean holds(InstanceId id) {
        return id.tier().equals(tier) && instance.map(n -> n == id.number()).orElse(true);
    }

    String words() {
        return tier + instance.map(n -> "/" + n).orElse("");
    }

    private static List<String> tiers() {
        List<String> words = new ArrayList<>(
                Arrays.stream(TierKind.values()).map(TierKind::word).toList());
        words.add("injector");
        return List.copyOf(words);
    }
}
