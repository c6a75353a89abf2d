package io.tierdrill.scenarios.evaluate;

import io.tierdrill.load.shape.Shape;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.run.Injection;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A healthy stack in which things are planted.
 *
 * @param holdsPerSecond a rate that it holds; each control proves it anew
 * @param folder of its file, for the files that it names
 */
public record Base(String name, Scenario scenario, double holdsPerSecond, Path folder) {
    private static final double SPARE = 1.1;

    /** What a run's scenario is called. The verdict reads that text, so it must not tell what is planted. */
    private static final String NEUTRAL = "evaluated";

    /**
     * The scenario of a run: the base with a change, at a level rate, for at least as long as a p99 needs.
     *
     * @throws BadInputException where the base does not allow the change
     */
    Scenario with(Change change, double perSecond, long seed, Duration warmup, Duration atLeast)
            throws BadInputException {
        Map<String, Object> map = scenario.toMap();
        map.put("name", NEUTRAL);
        map.put("description", "");
        for (Map.Entry<String, String> setting : change.settings().entrySet())
            put(map, setting.getKey(), setting.getKey(), setting.getValue());
        Scenario changed = ScenarioFile.parse("scenario.yaml", ConfigFile.write(map), folder);
        Duration length = length(perSecond, atLeast);
        var load = changed.load().shapedAs(new Shape.Constant(perSecond), warmup.plus(length));
        return changed.with(load, warmup, length, changed.slo(), seed);
    }

    /** How long a run measures at a rate. */
    static Duration length(double perSecond, Duration atLeast) {
        double seconds = SPARE * Injection.Quantiles.NEEDED_FOR_P99 / perSecond;
        Duration needed = Duration.ofMillis((long) Math.ceil(seconds * 1e3));
        return needed.compareTo(atLeast) > 0 ? needed : atLeast;
    }

    @SuppressWarnings("unchecked") // toMap gives maps from text
    private static void put(Map<String, Object> settings, String rest, String path, String value)
            throws BadInputException {
        int dot = rest.indexOf('.');
        if (dot < 0) {
            settings.put(rest, value);
            return;
        }
        Object inner = settings.computeIfAbsent(rest.substring(0, dot), key -> new LinkedHashMap<String, Object>());
        if (!(inner instanceof Map<?, ?> map))
            throw new BadInputException(
                    new Problem("scenario.yaml", path, "leads through " + rest.substring(0, dot) + ", no mapping", ""));
        put((Map<String, Object>) map, rest.substring(dot + 1), path, value);
    }
}
