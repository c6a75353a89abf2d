package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.score.Group;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures each control once, however many cells lean on it. A line a control goes to {@code controls.jsonl}, so that an
 * evaluation that goes on where it was cut need not measure it again. Belongs to one thread.
 */
final class Controls {
    private static final String LINES = "controls.jsonl";

    private final Path folder;
    private final Matrix matrix;
    private final Asking asking;
    private final Consumer<String> phase;
    private final Map<String, Control> known = new HashMap<>();
    private int made;

    /** @param phase hears what is measured */
    Controls(Path folder, Matrix matrix, Asking asking, Consumer<String> phase) {
        this.folder = folder;
        this.matrix = matrix;
        this.asking = asking;
        this.phase = phase;
    }

    /** A line of {@code controls.jsonl}. */
    private record Made(String control, String folder, int repeated) {}

    /** Takes those of earlier sittings over whose runs are still there. */
    void recall() throws IOException, BadInputException {
        Path lines = folder.resolve(LINES);
        if (!Files.exists(lines)) return;
        for (Made control : RunFiles.readLines(lines, Made.class))
            if (Files.exists(folder.resolve(control.folder())))
                known.put(control.control(), Control.of(asking.again(control.folder(), control.repeated())));
    }

    boolean knows(Cell cell) {
        return known.containsKey(cell.controlId());
    }

    /** Those that could not be measured may be tried again. */
    void forgetMissing() {
        known.values().removeIf(control -> control.asked().isEmpty());
    }

    /** The cell's control; nothing where somebody asked for the end. */
    Optional<Control> of(Cell cell) throws InterruptedException {
        if (knows(cell)) return Optional.of(known.get(cell.controlId()));
        Optional<Control> control = measure(cell);
        control.ifPresent(c -> known.put(cell.controlId(), c));
        return control;
    }

    private Optional<Control> measure(Cell cell) throws InterruptedException {
        phase.accept("control: " + cell.controlId());
        try {
            Optional<Asked> asked = asking.ask(
                    String.format(Locale.ROOT, "control-%03d", next()),
                    cell.controlScenario(matrix),
                    cell.confounder(),
                    Asking.spoiled(Group.HEALTHY));
            if (asked.isEmpty()) return Optional.empty();
            if (asked.get().isSpoiled())
                return Optional.of(
                        Control.missing("its control was " + asked.get().outcome()));
            RunFiles.append(
                    folder.resolve(LINES),
                    new Made(cell.controlId(), asked.get().folder(), asked.get().repeated()));
            return asked.map(Control::of);
        } catch (IOException | BadInputException | RuntimeException failed) {
            return Optional.of(Control.missing("its control could not be run: " + Asking.why(failed)));
        }
    }

    /** Controls of an earlier sitting stay where they are. */
    private int next() {
        do made++;
        while (Files.exists(folder.resolve(String.format(Locale.ROOT, "runs/control-%03d", made))));
        return made;
    }
}
