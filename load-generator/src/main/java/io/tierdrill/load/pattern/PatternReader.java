package io.tierdrill.load.pattern;

import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.load.pattern.PatternConfig.Arrivals;
import io.tierdrill.load.pattern.PatternConfig.PathWeight;
import io.tierdrill.load.pattern.PatternConfig.Popularity;
import io.tierdrill.load.pattern.PatternConfig.Sessions;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.model.config.ConfigNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code load.pattern}; every mistake becomes a problem and reads as a default. */
public final class PatternReader {
    private static final double DEFAULT_BURSTINESS = 4;
    private static final Sessions DEFAULT_SESSIONS = new Sessions(2_000, 10, Duration.ofSeconds(1));

    private PatternReader() {}

    /**
     * The pattern, usable even where problems were noted.
     *
     * @param outside the shape that stands beside the pattern, if there is one
     */
    public static PatternConfig read(ConfigNode node, Optional<Shape> outside) {
        Shape shape = outside.isPresent() ? without(node, outside.get()) : shape(node);
        Arrivals arrivals = arrivals(node);
        var config = new PatternConfig(
                shape,
                arrivals,
                burstiness(node, arrivals),
                paths(node),
                popularity(node.object("popularity")),
                sessions(node.object("sessions")),
                node.text("authority", ""));
        node.finish();
        return config;
    }

    private static Shape without(ConfigNode node, Shape outside) {
        for (String key : List.of("rate", "curve"))
            if (node.has(key)) node.problem(key, "stands beside a shape, which tells the rate", "Take it out.");
        node.rate("rate");
        points(node);
        return outside;
    }

    private static Shape shape(ConfigNode node) {
        boolean both = node.has("rate") && node.has("curve");
        boolean neither = !node.has("rate") && !node.has("curve");
        double rate = node.rate("rate").orElse(1.0);
        List<RateCurve.Point> points = points(node);
        if (both) node.problem("curve", "stands beside a rate", "Keep one of rate and curve.");
        if (neither)
            node.problem(
                    "rate",
                    "is missing",
                    "Add 'rate:', such as 300/s, 'curve:', a list of {at, rate}, or 'shape:' beside the pattern.");
        return points.isEmpty() ? new Shape.Constant(rate) : new Shape.Curve(points);
    }

    private static List<RateCurve.Point> points(ConfigNode node) {
        List<RateCurve.Point> points = new ArrayList<>();
        for (ConfigNode item : node.objects("curve")) {
            if (!item.has("at")) item.problem("at", "is missing", "Add 'at:', a duration from the start.");
            if (!item.has("rate")) item.problem("rate", "is missing", "Add 'rate:', such as 300/s.");
            Duration after =
                    points.isEmpty() ? null : points.get(points.size() - 1).at();
            Duration at = item.duration("at", after == null ? Duration.ZERO : after.plusNanos(1));
            double rate = item.rate("rate").orElse(1.0);
            if (after != null && at.compareTo(after) <= 0) {
                item.problem("at", "is not after the point before it", "List the points in the order of time.");
                at = after.plusNanos(1);
            }
            item.finish();
            points.add(new RateCurve.Point(at, rate));
        }
        return points;
    }

    private static Arrivals arrivals(ConfigNode node) {
        List<String> words =
                Arrays.stream(Arrivals.values()).map(Arrivals::word).toList();
        return Arrivals.valueOf(
                node.word("arrivals", Arrivals.POISSON.word(), words).toUpperCase(Locale.ROOT));
    }

    private static double burstiness(ConfigNode node, Arrivals arrivals) {
        boolean written = node.has("burstiness");
        double found = node.number("burstiness", DEFAULT_BURSTINESS, 1.1, 100);
        if (written && arrivals != Arrivals.BURSTY)
            node.problem("burstiness", "has no effect on " + arrivals.word() + " arrivals", "Say 'arrivals: bursty'.");
        return found;
    }

    private static List<PathWeight> paths(ConfigNode node) {
        List<PathWeight> paths = new ArrayList<>();
        for (ConfigNode item : node.objects("paths")) {
            paths.add(new PathWeight(path(item), weight(item), method(item), item.bytes("body", 0)));
            item.finish();
        }
        return paths.isEmpty() ? List.of(new PathWeight("/", 1, "GET", 0)) : paths;
    }

    private static String path(ConfigNode item) {
        String path = item.requiredText("path");
        if (path.startsWith("/") && path.chars().noneMatch(c -> c <= ' ')) return path;
        if (!path.isEmpty())
            item.problem("path", "cannot use \"" + path + "\"", "Allowed: a path starting with '/', without blanks.");
        return "/";
    }

    private static double weight(ConfigNode item) {
        double weight = item.number("weight", 1, 0, 1e9);
        if (weight > 0) return weight;
        item.problem("weight", "is zero", "Give it a share above 0 or take the path out.");
        return 1;
    }

    private static String method(ConfigNode item) {
        String method = item.text("method", "GET");
        if (method.matches("[A-Z]{1,20}")) return method;
        item.problem("method", "cannot use \"" + method + "\"", "Allowed: an HTTP method in capitals, such as GET.");
        return "GET";
    }

    private static Popularity popularity(ConfigNode node) {
        var popularity = new Popularity(node.whole("items", 1_000, 1, 1L << 40), node.number("exponent", 1.0, 0, 10));
        node.finish();
        return popularity;
    }

    private static Sessions sessions(ConfigNode node) {
        var sessions = new Sessions(
                node.integer("clients", DEFAULT_SESSIONS.clients(), 1, 10_000_000),
                node.number("requests", DEFAULT_SESSIONS.requests(), 1, 1e6),
                node.duration("thinkTime", DEFAULT_SESSIONS.thinkTime()));
        node.finish();
        return sessions;
    }
}
