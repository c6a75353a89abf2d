package io.tierdrill.analysis.page;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to places between 0 and 1.
 *
 * @param ticks the values worth a label
 */
public record Scale(double low, double high, boolean logarithmic, List<Double> ticks) {
    private static final int MOST_TICKS = 5;

    public Scale {
        if (!(high > low)) throw new IllegalArgumentException("high must be above low, was " + low + " to " + high);
        ticks = List.copyOf(ticks);
    }

    /** From zero to at least {@code most}, with round ticks. */
    public static Scale fromZero(double most) {
        return fromZero(most, MOST_TICKS);
    }

    /** The same for small charts, with as many steps as fit. */
    public static Scale fromZero(double most, int mostSteps) {
        double top = most > 0 ? most : 1;
        double step = roundStep(top / mostSteps);
        int steps = (int) Math.ceil(top / step - 1e-9);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) ticks.add(i * step);
        return new Scale(0, steps * step, false, ticks);
    }

    /** From zero to exactly {@code most}: for time, where nothing lies beyond the end. */
    public static Scale exactly(double most) {
        if (!(most > 0)) throw new IllegalArgumentException("most must be above 0, was " + most);
        double step = roundStep(most / MOST_TICKS);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= most + 1e-9; i++) ticks.add(i * step);
        return new Scale(0, most, false, ticks);
    }

    /** Powers of ten around both values; neither may be zero. */
    public static Scale logarithmic(double least, double most) {
        int from = (int) Math.floor(Math.log10(least));
        int to = Math.max(from + 1, (int) Math.ceil(Math.log10(most)));
        List<Double> ticks = new ArrayList<>();
        for (int p = from; p <= to; p++) ticks.add(Math.pow(10, p));
        return new Scale(ticks.get(0), ticks.get(ticks.size() - 1), true, ticks);
    }

    /** How many times rarer than every request: 1 for all, 2 for the slower half, 100 for the slowest in a hundred. */
    public static Scale rarity(double most) {
        List<Double> ticks = new ArrayList<>(List.of(2.0));
        for (double t = 10; t <= most; t *= 10) ticks.add(t);
        return new Scale(1, Math.max(10, most), true, ticks);
    }

    /** 1, 2 or 5 times a power of ten, not below the value. */
    private static double roundStep(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 5}) if (factor * power >= value - 1e-12) return factor * power;
        return 10 * power;
    }

    /** Between 0 and 1; what lies outside is put on the edge. */
    public double at(double value) {
        double place = logarithmic
                ? (Math.log10(Math.max(value, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
        return Math.max(0, Math.min(1, place));
    }
}
