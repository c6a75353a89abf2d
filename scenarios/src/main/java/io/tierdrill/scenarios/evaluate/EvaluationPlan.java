package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.score.Group;
import java.util.List;
import java.util.Optional;

/**
 * What of a matrix to run.
 *
 * @param only this group; empty for all
 * @param resume whether to go on with what is in the folder, or to begin
 */
public record EvaluationPlan(Matrix matrix, Optional<Group> only, boolean resume) {
    List<Cell> cells() {
        return matrix.cells().stream()
                .filter(cell -> only.map(group -> cell.group() == group).orElse(true))
                .toList();
    }
}
