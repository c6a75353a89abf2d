package io.tierdrill.scenarios;

import io.tierdrill.analysis.SloConfig;
import io.tierdrill.load.LoadConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.scenarios.events.EventReader;
import io.tierdrill.scenarios.events.PlannedEvent;
import io.tierdrill.targets.StackConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The one reader of scenario files. Stateless. */
public final class ScenarioFile {
    private ScenarioFile() {}

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** The scenario in the file; every problem in it at once, otherwise. */
    public static Scenario read(Path file, Overrides overrides) throws BadInputException {
        Problems problems = new Problems();
        ConfigNode root = ConfigFile.read(file, problems);
        if (problems.any()) problems.throwIfAny();
        return read(root, file.toAbsolutePath().getParent(), overrides, problems);
    }

    /**
     * The scenario in a text, as {@link Scenario#toMap} gives it; {@code name} stands for the file in messages.
     *
     * @param folder which files it names are looked for in
     */
    public static Scenario parse(String name, String yaml, Path folder) throws BadInputException {
        Problems problems = new Problems();
        ConfigNode root = ConfigFile.parse(name, yaml, problems);
        problems.throwIfAny();
        return read(root, folder, Overrides.none(), problems);
    }

    private static Scenario read(ConfigNode root, Path folder, Overrides overrides, Problems problems)
            throws BadInputException {
        String name = root.requiredText("name");
        String description = root.text("description", "");
        long seed = root.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
        Duration warmup = root.duration("warmup", Duration.ofSeconds(5));
        Duration duration = root.duration("duration", Duration.ofSeconds(30));
        checkLength(root, "duration", duration, SHORTEST);
        checkLength(root, "warmup", warmup, Duration.ZERO);
        if (!root.has("load"))
            root.problem("load", "is missing", "Say what to send: 'load:' with a trace or a pattern.");
        LoadConfig load = LoadConfig.from(root.object("load"), folder);
        boolean foreign = root.has("target");
        if (foreign == root.has("stack"))
            root.problem(
                    "stack",
                    foreign ? "is written beside target" : "is missing, and so is target",
                    "Write one of them: 'stack:' brings up the bundled tiers, 'target:' aims at yours.");
        Optional<StackConfig> stack =
                root.has("stack") ? Optional.of(StackConfig.from(root.object("stack"))) : Optional.empty();
        Optional<TargetConfig> target = foreign ? TargetConfig.from(root.object("target")) : Optional.empty();
        Duration measured = overrides.duration().orElse(duration);
        List<PlannedEvent> events = EventReader.read(root, stack, measured);
        SloConfig slo = SloConfig.from(root.object("slo"));
        root.finish();
        problems.throwIfAny();
        return new Scenario(
                name,
                description,
                overrides.seed().orElse(seed),
                warmup,
                measured,
                overridden(load, overrides),
                stack,
                target,
                slo,
                events,
                root.places());
    }

    private static LoadConfig overridden(LoadConfig load, Overrides overrides) {
        LoadConfig scaled = overrides.scale().map(load::scaledBy).orElse(load);
        return overrides.live().map(scaled::watchedAs).orElse(scaled);
    }

    private static void checkLength(ConfigNode root, String key, Duration value, Duration shortest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0)
            root.problem(key, "is out of range", "Allowed: from " + shortest.toMillis() + "ms to 24h.");
    }
}
