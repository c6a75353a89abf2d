package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.score.ScoredRun;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rows of an evaluation, a line each in {@code evaluation.jsonl} from the moment they are known, and beside them the
 * matrix that they belong to. Of two rows of a cell the later counts. Belongs to one thread.
 */
final class Rows {
    private static final String LINES = "evaluation.jsonl";
    private static final String MATRIX = "matrix.yaml";

    private final EvaluationPlan plan;
    private final Path folder;
    private final Map<String, ScoredRun> byCell = new HashMap<>();

    Rows(EvaluationPlan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** Takes over what was done before, and says whether there was a before. */
    boolean begin() throws IOException, BadInputException {
        Files.createDirectories(folder);
        Path matrix = folder.resolve(MATRIX);
        if (!plan.resume() || !Files.exists(matrix)) {
            Files.writeString(matrix, plan.matrix().text());
            return false;
        }
        if (!Files.readString(matrix).equals(plan.matrix().text()))
            throw new BadInputException(new Problem(
                    folder.toString(),
                    "",
                    "was begun with another matrix",
                    "Go on with " + matrix + ", or begin in another folder."));
        if (Files.exists(folder.resolve(LINES)))
            for (ScoredRun row : RunFiles.readLines(folder.resolve(LINES), ScoredRun.class))
                byCell.put(row.cell(), row);
        return true;
    }

    /** The cells that were not run yet, or could not be. */
    List<Cell> open() {
        return plan.cells().stream()
                .filter(cell ->
                        !byCell.containsKey(cell.id()) || !byCell.get(cell.id()).wasMade())
                .toList();
    }

    void add(ScoredRun row) throws IOException {
        RunFiles.append(folder.resolve(LINES), row);
        byCell.put(row.cell(), row);
    }

    /** What there is of the cells that are asked for, in the order of the matrix. */
    List<ScoredRun> inOrder() {
        return plan.cells().stream()
                .map(cell -> byCell.get(cell.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    int made() {
        return (int) inOrder().stream().filter(ScoredRun::wasMade).count();
    }
}
