package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.score.Group;
import io.tierdrill.analysis.score.NaiveRule;
import io.tierdrill.analysis.score.Said;
import io.tierdrill.analysis.score.ScoredRun;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs a matrix: for each cell a control, which is the same stack, seed and confounder without the plant, at the rate it
 * is said to hold; then the plant at 85 % of it. Where the control holds and the plant breaks, the plant costs 15 % or
 * more of the capacity, and its knob is the cause: nothing else differs. A cell that could not be run, or whose control
 * could not be measured, is a row too; it is tried once more at the end, and when the evaluation is gone on with. Belongs
 * to one thread.
 */
public final class Evaluation {
    private final EvaluationPlan plan;
    private final Rows rows;
    private final NanoClock clock;
    private final Rehearsal watcher;
    private final Consumer<EvaluationStep> listener;
    private final Asking asking;
    private final Controls controls;
    private final Pace pace = new Pace();

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
            Consumer<EvaluationStep> listener) {
        Path home = folder.toAbsolutePath();
        this.plan = plan;
        this.rows = new Rows(plan, home);
        this.clock = clock;
        this.watcher = watcher;
        this.listener = listener;
        this.asking = new Asking(home.resolve("runs"), clock, calendar, watcher);
        this.controls = new Controls(home, plan.matrix(), asking, watcher::phase);
    }

    /** All that is planned and not yet done; ended early, what was done. */
    public EvaluationReport run() throws IOException, BadInputException, InterruptedException {
        if (rows.begin()) controls.recall();
        List<String> notHere = new ArrayList<>();
        List<Cell> open = new ArrayList<>();
        for (Cell cell : rows.open())
            cell.impossible().ifPresentOrElse(why -> notHere.add(cell.id() + ": " + why), () -> open.add(cell));
        Optional<List<Cell>> missing = all(open);
        if (missing.isPresent()) {
            controls.forgetMissing();
            all(missing.get());
        }
        return EvaluationReport.of(plan.matrix().name(), plan.cells().size(), notHere, rows.inOrder());
    }

    /** Runs them and returns those that could not be run; nothing where somebody asked for the end. */
    private Optional<List<Cell>> all(List<Cell> cells) throws IOException, InterruptedException {
        for (Cell cell : cells) expect(cell);
        if (!cells.isEmpty())
            watcher.phase(String.format(
                    Locale.ROOT,
                    "%d runs to make, some %d min",
                    cells.size(),
                    Math.max(1, Math.round(pace.left().toSeconds() / 60.0))));
        List<Cell> missing = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<ScoredRun> row = attempt(cell);
            if (row.isEmpty()) return Optional.empty();
            rows.add(row.get());
            if (!row.get().wasMade()) missing.add(cell);
            pace.did(works(cell), row.get().seconds());
            listener.accept(
                    new EvaluationStep(row.get(), rows.made(), plan.cells().size(), pace.left()));
        }
        return Optional.of(missing);
    }

    private static List<String> works(Cell cell) {
        return cell.needsControl() ? List.of(cell.id(), cell.controlId()) : List.of(cell.id());
    }

    private void expect(Cell cell) {
        pace.plan(cell.id(), cell.sending(plan.matrix()));
        if (cell.needsControl() && !controls.knows(cell))
            pace.plan(cell.controlId(), cell.controlSending(plan.matrix()));
    }

    /** A row, whatever happens; nothing where somebody asked for the end. */
    private Optional<ScoredRun> attempt(Cell cell) throws InterruptedException {
        long begin = clock.nanos();
        try {
            Optional<Control> control = cell.needsControl() ? controls.of(cell) : Optional.of(Control.NOT_NEEDED);
            if (control.isEmpty()) return Optional.empty();
            if (!control.get().missing().isEmpty())
                return Optional.of(missing(cell, control.get().missing(), begin));
            return ask(cell).map(asked -> scored(cell, asked, control.get().asked(), secondsSince(begin)));
        } catch (IOException | BadInputException | RuntimeException failed) {
            return Optional.of(missing(cell, "could not be run: " + Asking.why(failed), begin));
        }
    }

    private Optional<Asked> ask(Cell cell) throws IOException, BadInputException, InterruptedException {
        int number = plan.matrix().cells().indexOf(cell) + 1;
        watcher.phase(String.format(
                Locale.ROOT, "run %d of %d: %s", number, plan.matrix().cells().size(), cell.id()));
        return asking.ask(
                String.format(Locale.ROOT, "%03d", number),
                cell.scenario(plan.matrix()),
                cell.whole(),
                Asking.spoiled(cell.group()));
    }

    private double secondsSince(long begin) {
        return (clock.nanos() - begin) / 1e9;
    }

    private ScoredRun missing(Cell cell, String why, long begin) {
        return ScoredRun.missing(
                cell.id(), cell.group(), cell.half(), cell.truths(), why, cell.perSecond(), secondsSince(begin));
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
