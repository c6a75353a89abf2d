package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.score.Group;
import io.tierdrill.analysis.score.Half;
import io.tierdrill.analysis.score.Truth;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.NearestWord;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.tier.TierKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads one entry of {@code cells}. It stands for a run of each severity with each seed; confounders and loads go round
 * with the seeds, so that four seeds and two confounders are four runs and not eight.
 */
final class CellReader {
    /** The confounder that is none. */
    static final String NONE = "none";

    private static final String REFERENCE = "reference";
    private static final List<Double> QUIET = List.of(0.5);

    private final Map<String, Base> bases;
    private final Map<String, Change> confounders;
    private final Duration warmup;
    private final Duration duration;
    private final Problems problems;

    CellReader(
            Map<String, Base> bases,
            Map<String, Change> confounders,
            Duration warmup,
            Duration duration,
            Problems problems) {
        this.bases = bases;
        this.confounders = confounders;
        this.warmup = warmup;
        this.duration = duration;
        this.problems = problems;
    }

    List<Cell> read(ConfigNode node) {
        String name = node.requiredText("name");
        Group group = Group.of(node.word("group", "planted", Group.words()));
        Half half = half(node);
        engine(node);
        Optional<Base> base = base(node);
        Map<String, Change> severities = severities(node, group);
        List<String> disguises = disguises(node);
        List<Long> seeds = numbers(node, "seeds", List.of(1L), Long::parseLong, "whole numbers");
        List<Double> loads = loads(node, group);
        List<Truth> truths = truths(node, group);
        node.finish();
        if (base.isEmpty() || base.get().holdsPerSecond() == 0 || truths.isEmpty() == group.hasCulprit())
            return List.of();
        List<Cell> cells = new ArrayList<>();
        severities.forEach((severity, plant) -> {
            for (int i = 0; i < seeds.size(); i++) {
                String disguise = disguises.get(i % disguises.size());
                cells.add(new Cell(
                        name,
                        group,
                        half,
                        base.get(),
                        severity,
                        plant,
                        disguise,
                        confounders.get(disguise),
                        loads.get(i % loads.size()),
                        seeds.get(i),
                        truths));
            }
        });
        cells.forEach(cell -> tryOut(cell, node));
        return cells;
    }

    private static Half half(ConfigNode node) {
        if (!node.has("half")) node.problem("half", "is missing", "Rules are tuned on 'tune' and judged on 'report'.");
        return Half.of(node.word("half", "tune", Half.words()));
    }

    private static void engine(ConfigNode node) {
        String engine = node.text("engine", REFERENCE);
        if (!engine.equals(REFERENCE))
            node.problem("engine", "cannot run \"" + engine + "\"", "Only 'reference', the bundled stack, runs today.");
    }

    private Optional<Base> base(ConfigNode node) {
        String name = node.requiredText("base");
        if (!name.isEmpty() && !bases.containsKey(name))
            node.problem("base", "no base is called \"" + name + "\"", NearestWord.help(name, names(bases)));
        return Optional.ofNullable(bases.get(name));
    }

    private static List<String> names(Map<String, ?> things) {
        return List.copyOf(things.keySet());
    }

    /** What is planted, by the word for how hard; a healthy run plants nothing. */
    private static Map<String, Change> severities(ConfigNode node, Group group) {
        Map<String, Change> changes = new LinkedHashMap<>();
        for (ConfigNode severity : node.objects("severities"))
            changes.put(severity.text("name", "planted"), Change.from(severity));
        boolean plants = changes.values().stream().anyMatch(c -> !c.isNone());
        if (group == Group.HEALTHY && plants)
            node.problem("severities", "plants something in a healthy stack", "What limits nothing is a confounder.");
        if (group != Group.HEALTHY && !plants)
            node.problem("severities", "plants nothing", "List what to plant: '- {name: hard, set: {PATH: VALUE}}'.");
        if (changes.isEmpty()) changes.put("calm", Change.NONE);
        return changes;
    }

    private List<String> disguises(ConfigNode node) {
        List<String> names = node.texts("confounders");
        for (String name : names)
            if (!confounders.containsKey(name))
                node.problem(
                        "confounders",
                        "no confounder is called \"" + name + "\"",
                        NearestWord.help(name, names(confounders)));
        List<String> known = names.stream().filter(confounders::containsKey).toList();
        return known.isEmpty() ? List.of(NONE) : known;
    }

    private static List<Double> loads(ConfigNode node, Group group) {
        if (group == Group.HEALTHY)
            return numbers(node, "loads", QUIET, CellReader::share, "shares above 0 and up to 1, such as 0.5");
        if (node.has("loads")) {
            node.texts("loads");
            node.problem("loads", "belongs to healthy cells", "A plant is tried at 0.85 of what its base holds.");
        }
        return List.of(Matrix.BITE);
    }

    private static double share(String text) {
        double share = Double.parseDouble(text);
        if (!(share > 0 && share <= 1)) throw new NumberFormatException(text);
        return share;
    }

    private static <T> List<T> numbers(
            ConfigNode node, String key, List<T> otherwise, Function<String, T> parse, String allowed) {
        List<T> numbers = new ArrayList<>();
        for (String text : node.texts(key)) {
            try {
                numbers.add(parse.apply(text));
            } catch (NumberFormatException other) {
                node.problem(key, "cannot use \"" + text + "\"", "Allowed: " + allowed + ".");
            }
        }
        return numbers.isEmpty() ? otherwise : numbers;
    }

    private static List<Truth> truths(ConfigNode node, Group group) {
        List<String> tiers = new ArrayList<>(
                Arrays.stream(TierKind.values()).map(TierKind::word).toList());
        tiers.add("host");
        List<Truth> truths = new ArrayList<>();
        for (ConfigNode expected : node.objects("expect")) {
            String tier = expected.word("tier", "", tiers);
            List<String> classes = expected.oneOrMoreTexts("class");
            expected.finish();
            if (tier.isEmpty() || classes.isEmpty())
                expected.problem("class", "names no tier, or no class", "Such as {tier: service, class: cpu}.");
            else truths.add(new Truth(tier, classes));
        }
        int wanted = group == Group.DOUBLE ? 2 : group.hasCulprit() ? 1 : 0;
        if (truths.size() != wanted)
            node.problem(
                    "expect",
                    "names " + truths.size() + " culprits, and a " + group.word() + " cell has " + wanted,
                    wanted == 0 ? "Take it out." : "Name the knob whose release restores the capacity.");
        return truths.size() == wanted ? truths : List.of();
    }

    /** What the stack does not allow is found out now and not after an hour. */
    private void tryOut(Cell cell, ConfigNode node) {
        try {
            cell.base().with(cell.whole(), cell.perSecond(), cell.seed(), warmup, duration);
        } catch (BadInputException refused) {
            for (Problem p : refused.problems())
                problems.add(new Problem(
                        node.where(), "cells", cell.id() + " sets " + p.path() + ": " + p.what(), p.help()));
        }
    }
}
