package io.tierdrill.load.pattern;

import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings under {@code load.pattern}.
 *
 * @param shape rate over time: {@code rate}, {@code curve}, or what stands in {@code load.shape}
 * @param arrivals the law
 * @param burstiness peak rate over mean rate; used by {@link Arrivals#BURSTY} alone
 * @param paths what is asked for, at least one
 * @param popularity what {@code {item}} in a path stands for
 * @param sessions who asks
 * @param authority the Host header; the target's own where empty
 */
public record PatternConfig(
        Shape shape,
        Arrivals arrivals,
        double burstiness,
        List<PathWeight> paths,
        Popularity popularity,
        Sessions sessions,
        String authority) {

    public PatternConfig {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) throw new IllegalArgumentException("paths must not be empty");
        if (!(burstiness > 1)) throw new IllegalArgumentException("burstiness must be above 1, was " + burstiness);
    }

    /** When requests come. */
    public enum Arrivals {
        /** Independent users. */
        POISSON,
        /** Evenly spaced. */
        CONSTANT,
        /** Poisson within bursts and calms, see {@link io.tierdrill.load.arrival.Bursts}. */
        BURSTY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One kind of request.
     *
     * @param path may hold {@code {item}}
     * @param weight its share, relative to the others
     * @param bodyBytes size of the body sent
     */
    public record PathWeight(String path, double weight, String method, long bodyBytes) {
        /** Stands in a path for the number of an item. */
        public static final String ITEM = "{item}";

        public PathWeight {
            if (!path.startsWith("/")) throw new IllegalArgumentException("path must start with '/', was " + path);
            if (!(weight > 0)) throw new IllegalArgumentException("weight must be above 0, was " + weight);
        }
    }

    /**
     * Which items are asked for: item {@code k} of {@code n} with probability proportional to {@code 1 / k^exponent}
     * (Zipf). Exponent 0 makes all alike.
     */
    public record Popularity(long items, double exponent) {
        public Popularity {
            if (items < 1) throw new IllegalArgumentException("items must be 1 or more, was " + items);
            if (!(exponent >= 0)) throw new IllegalArgumentException("exponent must be 0 or more, was " + exponent);
        }
    }

    /**
     * Who asks.
     *
     * @param clients the population
     * @param requests mean length of a visit, geometric
     * @param thinkTime mean pause between the requests of a visit, exponential
     */
    public record Sessions(int clients, double requests, Duration thinkTime) {
        public Sessions {
            if (clients < 1) throw new IllegalArgumentException("clients must be 1 or more, was " + clients);
            if (!(requests >= 1)) throw new IllegalArgumentException("requests must be 1 or more, was " + requests);
            if (thinkTime.isNegative())
                throw new IllegalArgumentException("thinkTime must be 0 or more, was " + thinkTime);
        }
    }

    /** The rate over a run of this length. */
    public RateCurve curve(Duration length) {
        return shape.curve(length);
    }

    /** Whether the shape stands in {@code load.shape}, not within the pattern. */
    public boolean shapedOutside() {
        return !(shape instanceof Shape.Constant || shape instanceof Shape.Curve curve && plain(curve.list()));
    }

    /** Neither silence nor a jump, which only a shape may have. */
    private static boolean plain(List<RateCurve.Point> points) {
        for (int i = 0; i < points.size(); i++) {
            boolean jump = i > 0 && points.get(i).at().equals(points.get(i - 1).at());
            if (jump || points.get(i).perSecond() == 0) return false;
        }
        return true;
    }

    /** The same requests at other rates; clients in proportion to the mean rate, so that nobody thinks faster. */
    public PatternConfig shapedAs(Shape other, Duration length) {
        double factor = mean(other, length) / mean(shape, length);
        int clients = (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.round(sessions.clients() * factor)));
        var as = new Sessions(clients, sessions.requests(), sessions.thinkTime());
        return new PatternConfig(other, arrivals, burstiness, paths, popularity, as, authority);
    }

    private static double mean(Shape shape, Duration length) {
        return shape.curve(length).expectedBy(length.toNanos()) / (length.toNanos() / 1e9);
    }

    /** As many times the rate from as many times the clients: nobody thinks faster. */
    public PatternConfig scaledBy(double factor) {
        int clients = (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.round(sessions.clients() * factor)));
        var more = new Sessions(clients, sessions.requests(), sessions.thinkTime());
        return new PatternConfig(shape.scaledBy(factor), arrivals, burstiness, paths, popularity, more, authority);
    }

    /** As written in a scenario, every default spelled out. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        if (shape instanceof Shape.Constant constant) map.put("rate", constant.rate());
        else if (!shapedOutside()) map.put("curve", shape.settings());
        map.put("arrivals", arrivals.word());
        if (arrivals == Arrivals.BURSTY) map.put("burstiness", burstiness);
        map.put(
                "paths",
                paths.stream()
                        .map(p -> ordered(
                                "path", p.path(), "weight", p.weight(), "method", p.method(), "body", p.bodyBytes()))
                        .toList());
        map.put("popularity", ordered("items", popularity.items(), "exponent", popularity.exponent()));
        map.put(
                "sessions",
                ordered(
                        "clients",
                        sessions.clients(),
                        "requests",
                        sessions.requests(),
                        "thinkTime",
                        DurationText.format(sessions.thinkTime())));
        if (!authority.isEmpty()) map.put("authority", authority);
        return map;
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        return map;
    }
}
