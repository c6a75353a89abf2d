package io.tierdrill.load.replay;

import io.tierdrill.load.shape.Shape;
import io.tierdrill.load.shape.ShapeReader;
import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the settings of a replay out of {@code load}; mistakes become problems and read as defaults. */
public final class ReplayReader {
    private static final double MOST_SCALE = 100_000;
    private static final double LEAST_SCALE = 0.0001;

    private ReplayReader() {}

    /** Takes its settings out of the node; traces are looked for in {@code folder}. */
    public static ReplayConfig read(ConfigNode node, Path folder) {
        boolean bothPaces = node.has("speed") && node.has("rate");
        boolean mixed = node.has("mix");
        List<MixPart> parts = mixed ? mix(node, folder) : List.of(MixPart.whole(trace(node, folder)));
        double speed = node.number("speed", 1, 1e-6, 1e6);
        Optional<Double> rate = node.rate("rate");
        boolean scaled = node.has("scale");
        double scale = node.number("scale", 1, LEAST_SCALE, MOST_SCALE);
        boolean loop = node.flag("loop", false);
        Optional<Window> window = window(node);
        Optional<Shape> shape = node.has("shape") ? Optional.of(ShapeReader.read(node, folder)) : Optional.empty();
        if (!mixed) exists(node, parts.get(0).trace());
        if (bothPaces) node.problem("rate", "stands beside a speed", "Keep one of speed and rate.");
        if (rate.isPresent() && shape.isPresent())
            node.problem("rate", "stands beside a shape, which tells the rate", "Keep one of rate and shape.");
        if (scaled && shape.isPresent())
            node.problem(
                    "scale",
                    "stands beside a shape, which tells how many users it takes",
                    "Keep one of scale and shape.");
        if (rate.isPresent() && mixed)
            node.problem(
                    "rate",
                    "stretches the time of one trace, and this is a mix",
                    "Write 'shape: {constant: {rate: ...}}'.");
        if (shape.isPresent()) return new ReplayConfig(parts, speed, Optional.empty(), 1, loop, window, shape);
        return new ReplayConfig(parts, speed, mixed ? Optional.empty() : rate, scale, loop, window, shape);
    }

    private static Path trace(ConfigNode node, Path folder) {
        return folder.resolve(node.requiredText("trace")).normalize();
    }

    private static void exists(ConfigNode node, Path trace) {
        if (!Files.isRegularFile(trace))
            node.problem("trace", "there is no file " + trace, "Give the path from the scenario's folder.");
    }

    private static List<MixPart> mix(ConfigNode node, Path folder) {
        List<MixPart> parts = new ArrayList<>();
        double shares = 0;
        for (ConfigNode item : node.objects("mix")) {
            MixPart part = part(item, folder);
            parts.add(part);
            shares += part.share().orElse(0.0);
        }
        boolean all = parts.stream().allMatch(p -> p.share().isPresent());
        boolean none = parts.stream().allMatch(p -> p.share().isEmpty());
        if (parts.isEmpty()) node.problem("mix", "has no traces", "List them: '- {trace: FILE, share: 0.7}'.");
        else if (!all && !none)
            node.problem("mix", "has shares for some traces only", "Give each one a share, or each one a scale.");
        else if (all && Math.abs(shares - 1) > 1e-6)
            node.problem("mix", "has shares that add up to " + shares, "Shares add up to 1.");
        else if (none && node.has("shape"))
            node.problem(
                    "mix", "has no shares, and the shape tells one rate for all", "Give each trace its share of it.");
        return parts.isEmpty() ? List.of(MixPart.whole(folder)) : parts;
    }

    private static MixPart part(ConfigNode item, Path folder) {
        Path trace = trace(item, folder);
        boolean both = item.has("share") && item.has("scale");
        Optional<Double> share = item.optionalNumber("share", 0.0001, 1);
        double scale = item.number("scale", 1, LEAST_SCALE, MOST_SCALE);
        exists(item, trace);
        if (both) item.problem("scale", "stands beside a share", "Keep one of share and scale.");
        item.finish();
        return new MixPart(trace, share, share.isPresent() ? 1 : scale);
    }

    /** Either {@code window: 10:00-10:30} or {@code window: {from: 5m, to: 15m}}. */
    private static Optional<Window> window(ConfigNode node) {
        if (!node.has("window")) return Optional.empty();
        Optional<Window> window;
        String found;
        if (node.isMapping("window")) {
            ConfigNode ends = node.object("window");
            String from = ends.requiredText("from");
            String to = ends.requiredText("to");
            ends.finish();
            if (from.isEmpty() || to.isEmpty()) return Optional.empty();
            found = from + "-" + to;
            window = Window.of(from, to);
        } else {
            found = node.text("window", "");
            window = Window.parse(found);
        }
        if (window.isEmpty())
            node.problem("window", "cannot use \"" + found + "\"", "Allowed: " + Window.ALLOWED + ".");
        return window;
    }
}
