package io.tierdrill.scenarios.evaluate.force;

import io.tierdrill.model.tier.InstanceId;
import java.util.List;
import java.util.Map;

/**
 * The processes that can be reached.
 *
 * @param pids of the stack's instances and of the injector
 */
public record Processes(Map<InstanceId, Long> pids) {
    public Processes {
        pids = Map.copyOf(pids);
    }

    List<Long> of(Whom whom) {
        return pids.entrySet().stream()
                .filter(e -> whom.holds(e.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }
}
