package io.tierdrill.scenarios.evaluate;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.scenarios.evaluate.force.Force;
import io.tierdrill.scenarios.evaluate.force.Forces;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is different from the base: a plant, or a confounder.
 *
 * @param settings of the scenario: path to value, as they would be written
 * @param forces from outside
 * @param untold a tier whose telemetry is taken away before the verdict is asked
 * @param renamed whether tiers bear names that say nothing
 */
public record Change(Map<String, String> settings, List<Force> forces, Optional<String> untold, boolean renamed) {
    /** The base as it is. */
    public static final Change NONE = new Change(Map.of(), List.of(), Optional.empty(), false);

    private static final List<String> TIERS =
            Arrays.stream(TierKind.values()).map(TierKind::word).toList();

    public Change {
        settings = new LinkedHashMap<>(settings);
        forces = List.copyOf(forces);
    }

    static Change from(ConfigNode node) {
        Map<String, String> settings = node.textsByName("set");
        List<Force> forces = Force.from(node);
        Optional<String> untold =
                node.has("untold") ? Optional.of(node.word("untold", TIERS.get(0), TIERS)) : Optional.empty();
        Change change = new Change(settings, forces, untold, node.flag("renamed", false));
        node.finish();
        return change;
    }

    /** This and another on top. */
    Change and(Change other) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(other.settings);
        return new Change(
                all, Forces.both(forces, other.forces), other.untold.or(() -> untold), renamed || other.renamed);
    }

    boolean isNone() {
        return settings.isEmpty() && forces.isEmpty() && untold.isEmpty() && !renamed;
    }
}
