package io.tierdrill.scenarios;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.targets.StackConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One number among the settings of a bundled stack, to be read and to be moved.
 *
 * @param path such as {@code stack.service.concurrency}
 */
public record StackSetting(String path) {
    private static final String ROOT = "stack.";

    public StackSetting {
        if (!path.startsWith(ROOT)) throw new IllegalArgumentException("path must begin with stack., was " + path);
    }

    /** How many instances a tier has. */
    public static StackSetting instances(String tier) {
        return new StackSetting(ROOT + tier + ".instances");
    }

    /** What it is now: a number, or a duration in seconds; empty where the path leads to neither. */
    public Optional<Double> of(Scenario scenario) {
        Object value = scenario.stack().map(s -> (Object) s.toMap()).orElse(Map.of());
        for (String key : path.substring(ROOT.length()).split("\\."))
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        return value instanceof Number number ? Optional.of(number.doubleValue()) : seconds(value);
    }

    private static Optional<Double> seconds(Object value) {
        return Optional.ofNullable(value)
                .flatMap(v -> DurationText.parse(v.toString()))
                .map(d -> d.toNanos() / 1e9);
    }

    /**
     * The scenario with another value there; whole where the setting is.
     *
     * @throws BadInputException where the stack does not allow that value
     */
    public Scenario moved(Scenario scenario, double to) throws BadInputException {
        Map<String, Object> settings = scenario.stack()
                .orElseThrow(() -> new BadInputException(
                        new Problem(path, "", "cannot be moved: the scenario aims at somebody else's stack", "")))
                .toMap();
        put(settings, path.substring(ROOT.length()), to);
        Problems problems = new Problems();
        ConfigNode root = ConfigFile.parse(path, ConfigFile.write(Map.of("stack", settings)), problems);
        StackConfig stack = StackConfig.from(root.object("stack"));
        problems.throwIfAny();
        return scenario.on(stack);
    }

    @SuppressWarnings("unchecked") // toMap gives maps from text
    private static void put(Map<String, Object> settings, String path, double to) {
        int dot = path.indexOf('.');
        if (dot >= 0) put((Map<String, Object>) settings.get(path.substring(0, dot)), path.substring(dot + 1), to);
        else settings.put(path, settings.get(path) instanceof Number ? (Object) Math.round(to) : duration(to));
    }

    private static String duration(double seconds) {
        return DurationText.format(Duration.ofNanos(Math.round(seconds * 1e9)));
    }
}
