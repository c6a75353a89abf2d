package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.score.Group;
import io.tierdrill.analysis.score.NaiveRule;
import io.tierdrill.analysis.score.Said;
import io.tierdrill.analysis.score.ScoredRun;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs a matrix: for each cell a control, which is the same stack, seed and confounder without the plant, at the rate it
 * is said to hold; then the plant at 85 % of it. Where the control holds and the plant breaks, the plant costs 15 % or
 * more of the capacity, and its knob is the cause: nothing else differs. A cell whose control could not be measured is left for
 * another time. A line a run goes to {@code evaluation.jsonl},
 * so that an evaluation can go on where it was cut. Belongs to one thread.
 */
public final class Evaluation {
    private static final String LINES = "evaluation.jsonl";
    private static final String MATRIX = "matrix.yaml";

    private final EvaluationPlan plan;
    private final Path folder;
    private final NanoClock clock;
    private final Rehearsal watcher;
    private final Consumer<ScoredRun> listener;
    private final Asking asking;
    private final Map<String, Asked> controls = new HashMap<>();
    private int controlsMade;
    private boolean stopped;

    /**
     * @param folder gets a folder a run
     * @param listener hears of each run when it is done
     */
    public Evaluation(
            EvaluationPlan plan,
            Path folder,
            NanoClock clock,
            Clock calendar,
            Rehearsal watcher,
            Consumer<ScoredRun> listener) {
        this.plan = plan;
        this.folder = folder.toAbsolutePath();
        this.clock = clock;
        this.watcher = watcher;
        this.listener = listener;
        this.asking = new Asking(this.folder.resolve("runs"), clock, calendar, watcher);
    }

    /** All that is planned and not yet done; ended early, what was done. */
    public EvaluationReport run() throws IOException, BadInputException, InterruptedException {
        List<ScoredRun> done = new ArrayList<>(begin());
        Set<String> known = done.stream().map(ScoredRun::cell).collect(Collectors.toSet());
        List<String> notHere = new ArrayList<>();
        List<Cell> cells = plan.cells();
        for (Cell cell : cells) {
            if (known.contains(cell.id())) continue;
            Optional<String> impossible = cell.impossible();
            if (impossible.isPresent()) {
                notHere.add(cell.id() + ": " + impossible.get());
                continue;
            }
            Optional<Asked> control = cell.needsControl() ? control(cell) : Optional.empty();
            if (stopped) break;
            Optional<String> spoiled = control.filter(Asked::isSpoiled).map(Asked::outcome);
            if (spoiled.isPresent()) {
                notHere.add(cell.id() + ": its control was " + spoiled.get());
                continue;
            }
            Optional<ScoredRun> run = score(cell, control, plan.matrix().cells().indexOf(cell) + 1);
            if (run.isEmpty()) break;
            RunFiles.append(folder.resolve(LINES), run.get());
            done.add(run.get());
            listener.accept(run.get());
        }
        return EvaluationReport.of(plan.matrix().name(), cells.size(), notHere, done);
    }

    /** What was done before. */
    private List<ScoredRun> begin() throws IOException, BadInputException {
        Files.createDirectories(folder);
        Path matrix = folder.resolve(MATRIX);
        if (!plan.resume() || !Files.exists(matrix)) {
            Files.writeString(matrix, plan.matrix().text());
            return List.of();
        }
        if (!Files.readString(matrix).equals(plan.matrix().text()))
            throw new BadInputException(new Problem(
                    folder.toString(),
                    "",
                    "was begun with another matrix",
                    "Go on with " + matrix + ", or begin in another folder."));
        if (!Files.exists(folder.resolve(LINES))) return List.of();
        Set<String> asked = plan.cells().stream().map(Cell::id).collect(Collectors.toSet());
        return RunFiles.readLines(folder.resolve(LINES), ScoredRun.class).stream()
                .filter(run -> asked.contains(run.cell()))
                .toList();
    }

    /** Nothing where somebody asked for the end. */
    private Optional<ScoredRun> score(Cell cell, Optional<Asked> control, int number)
            throws IOException, BadInputException, InterruptedException {
        long begin = clock.nanos();
        watcher.phase(String.format(
                Locale.ROOT, "run %d of %d: %s", number, plan.matrix().cells().size(), cell.id()));
        Optional<Asked> asked = asking.ask(
                String.format(Locale.ROOT, "%03d", number),
                cell.base()
                        .with(
                                cell.whole(),
                                cell.perSecond(),
                                cell.seed(),
                                plan.matrix().warmup(),
                                plan.matrix().duration()),
                cell.whole(),
                Asking.spoiled(cell.group()));
        return asked.map(a -> scored(cell, a, control, (clock.nanos() - begin) / 1e9));
    }

    private Optional<Asked> control(Cell cell) throws IOException, BadInputException, InterruptedException {
        Asked known = controls.get(cell.controlId());
        if (known != null) return Optional.of(known);
        watcher.phase("control: " + cell.controlId());
        Optional<Asked> asked = asking.ask(
                String.format(Locale.ROOT, "control-%03d", nextControl()),
                cell.base()
                        .with(
                                cell.confounder(),
                                cell.base().holdsPerSecond(),
                                cell.seed(),
                                plan.matrix().warmup(),
                                plan.matrix().duration()),
                cell.confounder(),
                Asking.spoiled(Group.HEALTHY));
        stopped = asked.isEmpty();
        asked.ifPresent(a -> controls.put(cell.controlId(), a));
        return asked;
    }

    /** Controls of an earlier sitting stay where they are. */
    private int nextControl() {
        do controlsMade++;
        while (Files.exists(folder.resolve(String.format(Locale.ROOT, "runs/control-%03d", controlsMade))));
        return controlsMade;
    }

    private ScoredRun scored(Cell cell, Asked asked, Optional<Asked> control, double seconds) {
        Verdict verdict = asked.verdict();
        String why = Bite.missing(cell, asked, control);
        return new ScoredRun(
                cell.id(),
                asked.folder(),
                cell.group(),
                cell.half(),
                cell.truths(),
                why.isEmpty(),
                why,
                verdict.status(),
                verdict.validity().culprit(),
                verdict.bottleneck().map(b -> new Said(asked.blindfold().plain(b.tier()), b.kind(), b.confidence())),
                naive(cell, asked, control),
                cell.perSecond(),
                asked.repeated(),
                seconds,
                verdict.headline());
    }

    private static Map<String, String> naive(Cell cell, Asked asked, Optional<Asked> control) {
        Map<String, String> named = new TreeMap<>();
        NaiveRule.all(asked.verdict(), control.map(Asked::verdict), new Seeds(cell.seed()).child(cell.id()))
                .forEach((rule, tier) -> named.put(rule, asked.blindfold().plain(tier)));
        return named;
    }

    /** Whether a plant costs what it must. */
    private static final class Bite {
        private Bite() {}

        /** Why a run does not count; empty where it does. */
        static String missing(Cell cell, Asked asked, Optional<Asked> control) {
            if (cell.group() == Group.HEALTHY) return "";
            if (!control.orElseThrow().holds())
                return "its control did not hold: " + control.get().outcome();
            boolean bites = cell.group() == Group.GENERATOR ? !asked.holds() : asked.breaks();
            return bites ? "" : "held in spite of its plant: " + asked.outcome();
        }
    }
}
