package io.tierdrill.scenarios.capacity;

import io.tierdrill.analysis.capacity.RateInterval;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.load.arrival.RateCurve.Point;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RequestSampleReader;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.sample.RequestSample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A load that goes past the limit and comes back: four fifths of the capacity, then a third more than it, then four
 * fifths again. In the middle lies the most that is answered well; at the end, whether the stack recovers by itself.
 * One that stays slow although the load is gone is metastable (Bronson et al., HotOS 2021).
 */
final class Overload {
    private static final double BELOW = 0.8;
    private static final double PAST = 1.3;
    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration AFTER = Duration.ofSeconds(12);
    private static final double BACK = 1.1;
    private static final double SLACK_MICROS = 2_000;
    private static final double Q = 0.95;
    private static final double NORMAL_90 = 1.645;
    private static final long SECOND = 1_000_000_000L;

    private final double below;
    private final double past;
    private final Duration during;

    /** @param capacity what it can hold, requests a second */
    Overload(double capacity, Duration during) {
        this.below = BELOW * capacity;
        this.past = PAST * capacity;
        this.during = during;
    }

    Shape shape() {
        Duration up = BEFORE;
        Duration down = BEFORE.plus(during);
        return new Shape.Curve(List.of(
                new Point(Duration.ZERO, below),
                new Point(up, below),
                new Point(up, past),
                new Point(down, past),
                new Point(down, below),
                new Point(length(), below)));
    }

    Duration length() {
        return BEFORE.plus(during).plus(AFTER);
    }

    /** What a run of {@link #shape} showed. */
    record Seen(Optional<RateInterval> saturation, CapacityReport.Recovery recovery) {}

    Seen read(RunFolder run) throws IOException, BadInputException {
        int seconds = (int) length().toSeconds();
        long[] good = new long[seconds];
        List<List<Double>> latencies = new ArrayList<>();
        for (int s = 0; s < seconds; s++) latencies.add(new ArrayList<>());
        try (RequestSampleReader reader = RequestSampleReader.open(run.requests())) {
            while (reader.hasNext()) {
                RequestSample r = reader.next();
                int due = (int) Math.floorDiv(r.dueNanos(), SECOND);
                int done = (int) Math.floorDiv(r.doneNanos(), SECOND);
                if (due >= 0 && due < seconds) latencies.get(due).add(r.latencyNanos() / 1e3);
                if (!r.outcome().isError() && done >= 0 && done < seconds) good[done]++;
            }
        }
        return new Seen(saturation(good), recovery(latencies));
    }

    /** Good answers a second while too much was asked, less the first second, with the spread over seconds. */
    private Optional<RateInterval> saturation(long[] good) {
        int from = (int) BEFORE.toSeconds() + 1;
        int to = (int) (BEFORE.toSeconds() + during.toSeconds());
        if (to - from < 3) return Optional.empty();
        double[] each = Arrays.stream(good, from, to).asDoubleStream().toArray();
        double mean = Arrays.stream(each).average().orElseThrow();
        double variance = Arrays.stream(each).map(g -> (g - mean) * (g - mean)).sum() / (each.length - 1);
        double half = NORMAL_90 * Math.sqrt(variance / each.length);
        return Optional.of(new RateInterval(mean, Math.max(0, mean - half), mean + half));
    }

    /** Seconds until two in a row were as before, or as good as. */
    private CapacityReport.Recovery recovery(List<List<Double>> latencies) {
        List<Double> calm = new ArrayList<>();
        for (int s = 1; s < BEFORE.toSeconds(); s++) calm.addAll(latencies.get(s));
        double before = quantile(calm);
        int down = (int) (BEFORE.toSeconds() + during.toSeconds());
        Optional<Double> back = Optional.empty();
        for (int s = down; s + 1 < latencies.size() && back.isEmpty(); s++)
            if (isBack(latencies.get(s), before) && isBack(latencies.get(s + 1), before))
                back = Optional.of((double) s - down);
        double last = quantile(latencies.get(latencies.size() - 1));
        String sentence = back.map(s -> s == 0
                        ? "recovers at once when the load drops to " + Figures.rate(below)
                        : "recovers in " + Figures.number(s) + " s after the load drops to " + Figures.rate(below))
                .orElse("DOES NOT RECOVER: " + AFTER.toSeconds() + " s after the load dropped to " + Figures.rate(below)
                        + " p95 is " + Figures.micros(last) + ", before it was " + Figures.micros(before));
        return new CapacityReport.Recovery(past, below, back, before, last, sentence);
    }

    private static boolean isBack(List<Double> latencies, double before) {
        return quantile(latencies) <= Math.max(BACK * before, before + SLACK_MICROS);
    }

    private static double quantile(List<Double> values) {
        if (values.isEmpty()) return 0;
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.max(0, Math.ceil(Q * sorted.size()) - 1));
    }
}
