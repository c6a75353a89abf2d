package io.tierdrill.load.shape;

import io.tierdrill.load.arrival.RateCurve.Point;
import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code load.shape}: one kind of shape and its settings. Mistakes become problems of the document. */
public final class ShapeReader {
    /** In the order in which messages list them. */
    private static final List<String> KINDS =
            List.of("constant", "ramp", "steps", "diurnal", "spike", "countdown", "curve", "csv");

    private static final String LIST = String.join(", ", KINDS);

    private final ConfigNode node;
    private final Path folder;

    private ShapeReader(ConfigNode node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /**
     * The shape, usable even where problems were noted.
     *
     * @param load the node that has the key {@code shape}
     * @param folder where a relative file is looked for
     */
    public static Shape read(ConfigNode load, Path folder) {
        ConfigNode node = load.object("shape");
        List<String> found = KINDS.stream().filter(node::has).toList();
        Shape shape = new ShapeReader(node, folder).shape(found.isEmpty() ? "" : found.get(0));
        if (found.isEmpty())
            load.problem(
                    "shape",
                    "has no kind",
                    "Write one of " + LIST + ", such as 'ramp: {from: 100, to: 900, over: 60s}'.");
        else if (found.size() > 1)
            load.problem("shape", "is " + String.join(" and ", found) + " at once", "Keep one of them.");
        else if (shape.points(Duration.ofSeconds(1)).stream().allMatch(p -> p.perSecond() == 0))
            load.problem("shape", "is zero everywhere", "Give it a rate above 0 somewhere.");
        if (found.size() == 1) node.finish();
        return usable(shape);
    }

    /** A shape that can be drawn, where what was written is wrong. */
    private static Shape usable(Shape shape) {
        return shape.points(Duration.ofSeconds(1)).stream().anyMatch(p -> p.perSecond() > 0)
                ? shape
                : new Shape.Constant(1);
    }

    private Shape shape(String kind) {
        return switch (kind) {
            case "constant" -> constant(node.object(kind));
            case "ramp" -> ramp(node.object(kind));
            case "steps" -> steps(node.object(kind));
            case "diurnal" -> diurnal(node.object(kind));
            case "spike" -> spike(node.object(kind));
            case "countdown" -> countdown(node.object(kind));
            case "curve" -> curve();
            case "csv" -> csv(node.object(kind));
            default -> new Shape.Constant(1);
        };
    }

    private static Shape constant(ConfigNode n) {
        Shape shape = new Shape.Constant(rate(n, "rate"));
        n.finish();
        return shape;
    }

    private static Shape ramp(ConfigNode n) {
        Shape shape = new Shape.Ramp(rate(n, "from"), rate(n, "to"), needed(n, "over"));
        n.finish();
        return shape;
    }

    private static Shape steps(ConfigNode n) {
        Shape shape =
                new Shape.Steps(rate(n, "from"), rate(n, "to"), n.integer("count", 5, 2, 10_000), needed(n, "every"));
        n.finish();
        return shape;
    }

    private static Shape diurnal(ConfigNode n) {
        Duration period = positive(n, "period", Duration.ofHours(24));
        Shape shape = new Shape.Diurnal(
                rate(n, "low"),
                rate(n, "high"),
                period,
                n.duration("peakAt", period.multipliedBy(5).dividedBy(6)));
        n.finish();
        return shape;
    }

    private static Shape spike(ConfigNode n) {
        Shape shape = new Shape.Spike(
                rate(n, "base"),
                rate(n, "peak"),
                needed(n, "at"),
                positive(n, "rise", Duration.ofSeconds(1)),
                n.duration("hold", Duration.ofSeconds(10)),
                positive(n, "fall", Duration.ofSeconds(5)));
        n.finish();
        return shape;
    }

    private static Shape countdown(ConfigNode n) {
        double base = rate(n, "base");
        double eve = n.rateOrZero("eve").orElse(2 * base);
        Shape shape = new Shape.Countdown(
                base,
                eve,
                n.rateOrZero("peak").orElse(10 * eve),
                needed(n, "midnight"),
                positive(n, "rise", Duration.ofSeconds(3)),
                positive(n, "halving", Duration.ofMinutes(1)));
        n.finish();
        return shape;
    }

    private Shape curve() {
        List<Point> points = new ArrayList<>();
        for (ConfigNode item : node.objects("curve")) {
            if (!item.has("at")) item.problem("at", "is missing", "Add 'at:', a duration from the start.");
            Duration at = item.duration("at", Duration.ZERO);
            boolean back = !points.isEmpty()
                    && at.compareTo(points.get(points.size() - 1).at()) < 0;
            boolean third =
                    points.size() > 1 && at.equals(points.get(points.size() - 2).at());
            if (back || third)
                item.problem(
                        "at",
                        "is not after the point before it",
                        "List the points in the order of time; two at one time are a jump.");
            double rate = rate(item, "rate");
            item.finish();
            if (!back && !third) points.add(new Point(at, rate));
        }
        return points.isEmpty() ? new Shape.Constant(0) : new Shape.Curve(points);
    }

    private Shape csv(ConfigNode n) {
        Path file = folder.resolve(n.requiredText("file")).normalize();
        double times = n.number("times", 1, 1e-6, 1e6);
        n.finish();
        Optional<RateRows> rows = RateRows.read(file, (what, help) -> n.problem("file", what, help));
        return rows.<Shape>map(r -> new Shape.Csv(file.toAbsolutePath().toString(), times, r))
                .orElse(new Shape.Constant(1));
    }

    private static double rate(ConfigNode n, String key) {
        if (!n.has(key)) n.problem(key, "is missing", "Add '" + key + ":', requests a second, such as 300.");
        return n.rateOrZero(key).orElse(1.0);
    }

    private static Duration needed(ConfigNode n, String key) {
        if (!n.has(key)) n.problem(key, "is missing", "Add '" + key + ":', a duration such as 60s.");
        return positive(n, key, Duration.ofSeconds(1));
    }

    private static Duration positive(ConfigNode n, String key, Duration otherwise) {
        Duration found = n.duration(key, otherwise);
        if (!found.isZero()) return found;
        n.problem(key, "is zero", "Allowed: a duration above 0, such as 10s.");
        return otherwise;
    }
}
