package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.Analysis;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.Validity;
import io.tierdrill.analysis.score.Group;
import io.tierdrill.load.InjectorProgress;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Topology;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import io.tierdrill.scenarios.Rig;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.evaluate.force.Force;
import io.tierdrill.scenarios.evaluate.force.Forces;
import io.tierdrill.scenarios.evaluate.force.Processes;
import io.tierdrill.targets.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a run, with whatever forces, on a stack of its own, and asks for the verdict from what lies in its folder. A run
 * whose measurement was spoiled is made again. Belongs to one thread.
 */
final class Asking {
    private static final int MOST_REPEATS = 2;

    private final Path folder;
    private final NanoClock clock;
    private final Clock calendar;
    private final Rehearsal watcher;

    Asking(Path folder, NanoClock clock, Clock calendar, Rehearsal watcher) {
        this.folder = folder;
        this.clock = clock;
        this.calendar = calendar;
        this.watcher = watcher;
    }

    /**
     * What the verdict says of the scenario under the change; nothing where somebody asked for the end.
     *
     * @param name of the run folder; says nothing of what is planted
     * @param spoiled whether to run it again, twice at most
     */
    Optional<Asked> ask(String name, Scenario scenario, Change change, Predicate<Validity> spoiled)
            throws IOException, BadInputException, InterruptedException {
        for (int repeated = 0; ; repeated++) {
            Path path = folder.resolve(repeated == 0 ? name : name + "-again-" + repeated);
            clear(path);
            RunFolder run = RunFolder.create(path);
            Injection injection = make(scenario, change.forces(), run);
            if (injection.stopped().filter(s -> s.rule().isEmpty()).isPresent()) return Optional.empty();
            Blindfold blindfold = Blindfold.of(change, scenario.seeds(), RunFiles.read(run.topology(), Topology.class));
            blindfold.over(run);
            Verdict verdict = Analysis.of(run);
            RunFiles.write(run.verdict(), verdict);
            if (!spoiled.test(verdict.validity()) || repeated == MOST_REPEATS)
                return Optional.of(
                        new Asked(folder.getParent().relativize(path).toString(), verdict, repeated, blindfold));
            watcher.phase("again: " + String.join("; ", verdict.validity().reasons()));
        }
    }

    /** The verdict of a run that was made before, by the rules of today. */
    Asked again(String run, int repeated) throws IOException, BadInputException {
        Verdict verdict = Analysis.of(new RunFolder(folder.resolveSibling(run)));
        return new Asked(run, verdict, repeated, new Blindfold(Optional.empty(), Map.of()));
    }

    /** What failed, on one line. */
    static String why(Exception failed) {
        String message = failed.getMessage() == null ? failed.toString() : failed.getMessage();
        return message.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private Injection make(Scenario scenario, List<Force> forces, RunFolder run)
            throws IOException, BadInputException, InterruptedException {
        try (Rig rig = Rig.up(scenario, run, clock, calendar, flowing())) {
            Force.Applied applied = Forces.apply(forces, processes(rig));
            try {
                return rig.run(scenario, run);
            } finally {
                applied.close();
            }
        }
    }

    /** Spoiled by the machine, or where nothing was planted in the injector, by whoever. */
    static Predicate<Validity> spoiled(Group group) {
        return validity -> validity.culprit()
                .filter(culprit -> group != Group.GENERATOR || culprit.equals("machine"))
                .isPresent();
    }

    private static Processes processes(Rig rig) {
        Map<InstanceId, Long> pids = new HashMap<>();
        pids.put(new InstanceId("injector", 1), ProcessHandle.current().pid());
        rig.stack().ifPresent(stack -> {
            for (Member member : stack.members()) pids.put(member.id(), member.pid());
        });
        return new Processes(pids);
    }

    /** Shows how requests flow. What processes say lies in the run folder, and is too much for hours of runs. */
    private Rehearsal flowing() {
        return new Rehearsal() {
            @Override
            public void phase(String what) {}

            @Override
            public void sending(Supplier<InjectorProgress> progress, Runnable stop) {
                watcher.sending(progress, stop);
            }

            @Override
            public void sent() {
                watcher.sent();
            }
        };
    }

    /** What an evaluation that was cut left of this run. */
    private static void clear(Path path) throws IOException {
        if (!Files.exists(path)) return;
        List<Path> parts;
        try (Stream<Path> walk = Files.walk(path)) {
            parts = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path part : parts) Files.delete(part);
    }
}
