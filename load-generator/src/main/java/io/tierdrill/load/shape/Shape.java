package io.tierdrill.load.shape;

import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.load.arrival.RateCurve.Point;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many requests a second there shall be when, as people describe it. All rates are requests a second, all times run
 * from the start of the schedule; before its first point and after its last a shape is level. Immutable.
 */
public sealed interface Shape {

    /** The points between which the rate is linear. Length matters to a shape without an end only. */
    List<Point> points(Duration length);

    /** When nothing changes any more; empty for a shape without an end. */
    Optional<Duration> end();

    /** The word it is written with. */
    String kind();

    /** The same at so many times the rate. */
    Shape scaledBy(double factor);

    /** What is written behind the {@link #kind}. */
    Object settings();

    /** The curve of a run of this length. */
    default RateCurve curve(Duration length) {
        return new RateCurve(points(length));
    }

    /** As written in a scenario. */
    default Map<String, Object> toMap() {
        return ordered(kind(), settings());
    }

    /** The same rate for ever. */
    record Constant(double rate) implements Shape {
        @Override
        public List<Point> points(Duration length) {
            return List.of(new Point(Duration.ZERO, rate));
        }

        @Override
        public Optional<Duration> end() {
            return Optional.empty();
        }

        @Override
        public String kind() {
            return "constant";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Constant(rate * factor);
        }

        @Override
        public Object settings() {
            return ordered("rate", rate);
        }
    }

    /** From one rate to another in a straight line. */
    record Ramp(double from, double to, Duration over) implements Shape {
        @Override
        public List<Point> points(Duration length) {
            return List.of(new Point(Duration.ZERO, from), new Point(over, to));
        }

        @Override
        public Optional<Duration> end() {
            return Optional.of(over);
        }

        @Override
        public String kind() {
            return "ramp";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Ramp(from * factor, to * factor, over);
        }

        @Override
        public Object settings() {
            return ordered("from", from, "to", to, "over", DurationText.format(over));
        }
    }

    /** So many level stretches of one length, the first at one rate, the last at the other. */
    record Steps(double from, double to, int count, Duration every) implements Shape {
        @Override
        public List<Point> points(Duration length) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double rate = from + (to - from) * i / (count - 1);
                points.add(new Point(every.multipliedBy(i), rate));
                points.add(new Point(every.multipliedBy(i + 1L), rate));
            }
            return points;
        }

        @Override
        public Optional<Duration> end() {
            return Optional.of(every.multipliedBy(count));
        }

        @Override
        public String kind() {
            return "steps";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Steps(from * factor, to * factor, count, every);
        }

        @Override
        public Object settings() {
            return ordered("from", from, "to", to, "count", count, "every", DurationText.format(every));
        }
    }

    /** A wave between two rates: a cosine, drawn in {@value #PIECES} straight pieces a period. */
    record Diurnal(double low, double high, Duration period, Duration peakAt) implements Shape {
        private static final int PIECES = 96;

        @Override
        public List<Point> points(Duration length) {
            List<Point> points = new ArrayList<>();
            long period = this.period.toNanos();
            long pieces = Math.min(1_000_000, length.toNanos() / Math.max(1, period / PIECES) + 2);
            for (long i = 0; i < pieces; i++) {
                long at = Math.round((double) period * i / PIECES);
                double phase = 2 * Math.PI * ((at - peakAt.toNanos()) / (double) period);
                points.add(new Point(Duration.ofNanos(at), low + (high - low) * (1 + Math.cos(phase)) / 2));
            }
            return points;
        }

        @Override
        public Optional<Duration> end() {
            return Optional.empty();
        }

        @Override
        public String kind() {
            return "diurnal";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Diurnal(low * factor, high * factor, period, peakAt);
        }

        @Override
        public Object settings() {
            return ordered(
                    "low",
                    low,
                    "high",
                    high,
                    "period",
                    DurationText.format(period),
                    "peakAt",
                    DurationText.format(peakAt));
        }
    }

    /** Up at a moment, level for a while, and down again. */
    record Spike(double base, double peak, Duration at, Duration rise, Duration hold, Duration fall) implements Shape {
        @Override
        public List<Point> points(Duration length) {
            List<Point> points = new ArrayList<>(List.of(new Point(at, base)));
            Duration top = at.plus(rise);
            points.add(new Point(top, peak));
            if (!hold.isZero()) points.add(new Point(top.plus(hold), peak));
            points.add(new Point(top.plus(hold).plus(fall), base));
            return points;
        }

        @Override
        public Optional<Duration> end() {
            return Optional.of(at.plus(rise).plus(hold).plus(fall));
        }

        @Override
        public String kind() {
            return "spike";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Spike(base * factor, peak * factor, at, rise, hold, fall);
        }

        @Override
        public Object settings() {
            return ordered(
                    "base",
                    base,
                    "peak",
                    peak,
                    "at",
                    DurationText.format(at),
                    "rise",
                    DurationText.format(rise),
                    "hold",
                    DurationText.format(hold),
                    "fall",
                    DurationText.format(fall));
        }
    }

    /**
     * New Year's Eve: a slow climb from {@code base} to {@code eve}, from there to {@code peak} within seconds of
     * midnight, and a slow fall back to {@code eve}, half of what is left in every {@code halving}.
     */
    record Countdown(double base, double eve, double peak, Duration midnight, Duration rise, Duration halving)
            implements Shape {
        private static final int PIECES = 8;
        private static final int HALVINGS = 10;

        @Override
        public List<Point> points(Duration length) {
            List<Point> points = new ArrayList<>(List.of(new Point(Duration.ZERO, base), new Point(midnight, eve)));
            Duration top = midnight.plus(rise);
            for (int i = 0; i <= PIECES * HALVINGS; i++) {
                Duration at = top.plus(halving.multipliedBy(i).dividedBy(PIECES));
                points.add(new Point(at, eve + (peak - eve) * Math.pow(0.5, (double) i / PIECES)));
            }
            return points;
        }

        @Override
        public Optional<Duration> end() {
            return Optional.of(midnight.plus(rise).plus(halving.multipliedBy(HALVINGS)));
        }

        @Override
        public String kind() {
            return "countdown";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Countdown(base * factor, eve * factor, peak * factor, midnight, rise, halving);
        }

        @Override
        public Object settings() {
            return ordered(
                    "base",
                    base,
                    "eve",
                    eve,
                    "peak",
                    peak,
                    "midnight",
                    DurationText.format(midnight),
                    "rise",
                    DurationText.format(rise),
                    "halving",
                    DurationText.format(halving));
        }
    }

    /** Points as written. */
    record Curve(List<Point> list) implements Shape {
        public Curve {
            list = List.copyOf(list);
        }

        @Override
        public List<Point> points(Duration length) {
            return list;
        }

        @Override
        public Optional<Duration> end() {
            return Optional.of(list.get(list.size() - 1).at());
        }

        @Override
        public String kind() {
            return "curve";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Curve(list.stream()
                    .map(p -> new Point(p.at(), p.perSecond() * factor))
                    .toList());
        }

        @Override
        public Object settings() {
            return list.stream()
                    .map(p -> ordered("at", DurationText.format(p.at()), "rate", p.perSecond()))
                    .toList();
        }
    }

    /**
     * The rows of a file, each level until the next.
     *
     * @param file where they stand
     * @param times so many times what is written there
     * @param rows as read
     */
    record Csv(String file, double times, RateRows rows) implements Shape {
        @Override
        public List<Point> points(Duration length) {
            return rows.points(times);
        }

        @Override
        public Optional<Duration> end() {
            return Optional.of(rows.end());
        }

        @Override
        public String kind() {
            return "csv";
        }

        @Override
        public Shape scaledBy(double factor) {
            return new Csv(file, times * factor, rows);
        }

        @Override
        public Object settings() {
            return times == 1 ? ordered("file", file) : ordered("file", file, "times", times);
        }
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        return map;
    }
}
