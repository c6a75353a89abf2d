package io.tierdrill.analysis.capacity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rate that holds as often as not, from steps that held and broke: the chance of holding falls along a logistic
 * curve over the logarithm of the rate. Its place is uniform and its steepness log-uniform beforehand, on a grid; the
 * answer is the median of the place afterwards with its central 90 % interval. So two steps that agree with each other
 * give a wide interval, and noise that makes a higher rate hold where a lower one broke widens it instead of fooling it.
 */
public final class HoldCurve {
    private static final int PLACES = 800;
    private static final int STEEPNESSES = 24;
    private static final double SHARPEST = 0.003;
    private static final double FLATTEST = 0.15;
    private static final double MARGIN = 0.25;
    private static final double LOWER = 0.05;
    private static final double UPPER = 0.95;

    private HoldCurve() {}

    /** Of the steps that decide; empty unless some held and some broke. */
    public static Optional<RateInterval> of(List<Step> all) {
        List<Step> steps = all.stream().filter(s -> s.outcome().decides()).toList();
        boolean some = steps.stream().anyMatch(s -> s.outcome() == Outcome.HELD);
        boolean others = steps.stream().anyMatch(s -> s.outcome() == Outcome.BROKE);
        if (!some || !others) return Optional.empty();
        double from = steps.stream().mapToDouble(HoldCurve::log).min().orElseThrow() - MARGIN;
        double to = steps.stream().mapToDouble(HoldCurve::log).max().orElseThrow() + MARGIN;
        double[] places = new double[PLACES];
        double[] weights = new double[PLACES];
        for (int i = 0; i < PLACES; i++) places[i] = from + (to - from) * (i + 0.5) / PLACES;
        for (int i = 0; i < PLACES; i++) weights[i] = weight(steps, places[i]);
        return Optional.of(new RateInterval(
                Math.exp(quantile(places, weights, 0.5)),
                Math.exp(quantile(places, weights, LOWER)),
                Math.exp(quantile(places, weights, UPPER))));
    }

    private static double log(Step step) {
        return Math.log(step.perSecond());
    }

    /** Likelihood of a place, averaged over steepnesses. */
    private static double weight(List<Step> steps, double place) {
        double sum = 0;
        for (int i = 0; i < STEEPNESSES; i++) {
            double scale = SHARPEST * Math.pow(FLATTEST / SHARPEST, i / (STEEPNESSES - 1.0));
            double product = 1;
            for (Step step : steps) {
                double holds = 1 / (1 + Math.exp((log(step) - place) / scale));
                product *= step.outcome() == Outcome.HELD ? holds : 1 - holds;
            }
            sum += product;
        }
        return sum;
    }

    private static double quantile(double[] places, double[] weights, double q) {
        double total = Arrays.stream(weights).sum();
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            double before = sum;
            sum += weights[i];
            if (sum < q * total) continue;
            double half = (places[1] - places[0]) / 2;
            double part = weights[i] == 0 ? 0.5 : (q * total - before) / weights[i];
            return places[i] - half + 2 * half * part;
        }
        return places[places.length - 1];
    }
}
