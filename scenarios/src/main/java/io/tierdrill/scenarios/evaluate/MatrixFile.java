package io.tierdrill.scenarios.evaluate;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one reader of matrix files. Stateless. */
public final class MatrixFile {
    private static final double MOST_RATE = 1e6;

    private MatrixFile() {}

    /** The matrix in the file; every problem in it at once, otherwise. */
    public static Matrix read(Path file) throws IOException, BadInputException {
        Problems problems = new Problems();
        ConfigNode root = ConfigFile.read(file, problems);
        problems.throwIfAny();
        String name = root.requiredText("name");
        root.text("description", "");
        Duration warmup = root.duration("warmup", Duration.ofSeconds(2));
        Duration duration = root.duration("duration", Duration.ofSeconds(8));
        if (duration.toMillis() < 100) root.problem("duration", "is out of range", "Allowed: 100ms and more.");
        Map<String, Base> bases = bases(root, file.toAbsolutePath().getParent(), problems);
        Map<String, Change> confounders = confounders(root);
        CellReader reader = new CellReader(bases, confounders, warmup, duration, problems);
        List<Cell> cells = new ArrayList<>();
        if (!root.has("cells")) root.problem("cells", "is missing", "List what to plant: 'cells:'.");
        for (ConfigNode node : root.objects("cells")) cells.addAll(reader.read(node));
        root.finish();
        unique(cells, root);
        problems.throwIfAny();
        return new Matrix(name, warmup, duration, cells, Files.readString(file));
    }

    private static Map<String, Base> bases(ConfigNode root, Path folder, Problems problems) {
        if (!root.has("bases")) root.problem("bases", "is missing", "List the stacks to plant in: 'bases:'.");
        Map<String, Base> bases = new LinkedHashMap<>();
        for (ConfigNode node : root.objects("bases")) {
            String name = node.requiredText("name");
            String scenario = node.requiredText("scenario");
            double holds = node.rate("holds").filter(r -> r <= MOST_RATE).orElse(0.0);
            if (holds == 0)
                node.problem("holds", "says no rate that the stack holds", "Such as 500/s; each control proves it.");
            node.finish();
            if (scenario.isEmpty()) continue;
            Path file = folder.resolve(scenario);
            try {
                var read = ScenarioFile.read(file, Overrides.none());
                if (read.stack().isEmpty())
                    node.problem("scenario", "aims at somebody else's stack", "Name one with a 'stack:'.");
                else bases.put(name, new Base(name, read, holds, file.getParent()));
            } catch (BadInputException wrong) {
                wrong.problems().forEach(problems::add);
            }
        }
        return bases;
    }

    private static Map<String, Change> confounders(ConfigNode root) {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put(CellReader.NONE, Change.NONE);
        for (ConfigNode node : root.objects("confounders")) {
            String name = node.requiredText("name");
            if (name.equals(CellReader.NONE))
                node.problem("name", "'none' is the one that changes nothing", "Call it something else.");
            else changes.put(name, Change.from(node));
        }
        return changes;
    }

    private static void unique(List<Cell> cells, ConfigNode root) {
        Set<String> seen = new HashSet<>();
        for (Cell cell : cells)
            if (!seen.add(cell.id()))
                root.problem("cells", "'" + cell.id() + "' is there twice", "Give one another name, severity or seed.");
    }
}
