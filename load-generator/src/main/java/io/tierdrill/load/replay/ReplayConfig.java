package io.tierdrill.load.replay;

import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a replay.
 *
 * @param trace the file
 * @param speed how many times faster than recorded; used where there is no rate
 * @param rate mean requests a second that time is stretched or squeezed to, clones included
 * @param scale users for each one recorded, 1 or more; a fraction clones that share of the users once more
 * @param loop whether the trace begins again when it ends before the run does
 */
public record ReplayConfig(Path trace, double speed, Optional<Double> rate, double scale, boolean loop) {
    public ReplayConfig {
        if (!(speed > 0)) throw new IllegalArgumentException("speed must be above 0, was " + speed);
        if (rate.isPresent() && !(rate.get() > 0))
            throw new IllegalArgumentException("rate must be above 0, was " + rate.get());
        if (!(scale >= 1)) throw new IllegalArgumentException("scale must be 1 or more, was " + scale);
    }

    /** As recorded, once. */
    public static ReplayConfig asRecorded(Path trace) {
        return new ReplayConfig(trace, 1, Optional.empty(), 1, false);
    }

    /** Takes its settings out of {@code load}; a trace is looked for in {@code folder}. */
    public static ReplayConfig from(ConfigNode node, Path folder) {
        boolean both = node.has("speed") && node.has("rate");
        var config = new ReplayConfig(
                folder.resolve(node.requiredText("trace")).normalize(),
                node.number("speed", 1, 1e-6, 1e6),
                node.rate("rate"),
                node.number("scale", 1, 1, 100_000),
                node.flag("loop", false));
        if (!Files.isRegularFile(config.trace))
            node.problem("trace", "there is no file " + config.trace, "Give the path from the scenario's folder.");
        if (both) node.problem("rate", "stands beside a speed", "Keep one of speed and rate.");
        return config;
    }

    public ReplayConfig scaledBy(double factor) {
        return new ReplayConfig(trace, speed, rate.map(r -> r * factor), scale * factor, loop);
    }

    /** Puts its settings where {@link #from} finds them; the trace by its absolute path. */
    public void putInto(Map<String, Object> map) {
        map.put("trace", trace.toAbsolutePath().normalize().toString());
        if (rate.isPresent()) map.put("rate", rate.get());
        else map.put("speed", speed);
        map.put("scale", scale);
        map.put("loop", loop);
    }
}
