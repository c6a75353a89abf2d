package io.tierdrill.analysis.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Universal Scalability Law (Gunther, 1993) over instance counts: {@code X(N) = a N / (1 + s (N - 1) + k N (N -
 * 1))}, with {@code s} for what is done one after the other and {@code k} for what instances have to tell each other.
 * Fitted by least squares on {@code N / X(N)}, which is linear in the unknowns, with neither coefficient below zero.
 *
 * @param perInstance what one instance would carry, requests a second
 * @param serial the share that is done one after the other
 * @param crosstalk the cost of agreement between each two instances
 * @param best the count beyond which more instances carry less; empty where there is none
 * @param points measured and fitted
 * @param words what may be said of it
 */
public record UniversalScalability(
        double perInstance, double serial, double crosstalk, Optional<Double> best, List<Point> points, String words) {
    private static final int ENOUGH = 6;

    public UniversalScalability {
        points = List.copyOf(points);
    }

    /** @param residual measured over fitted, less one */
    public record Point(int instances, double measuredPerSecond, double fittedPerSecond, double residual) {}

    /** A measured capacity. */
    public record Measured(int instances, double perSecond) {
        public Measured {
            if (instances < 1) throw new IllegalArgumentException("instances must be 1 or more, was " + instances);
            if (!(perSecond > 0)) throw new IllegalArgumentException("perSecond must be above 0, was " + perSecond);
        }
    }

    /** The law through the measurements; empty for fewer than three different counts. */
    public static Optional<UniversalScalability> fit(List<Measured> measured) {
        if (measured.stream().map(Measured::instances).distinct().count() < 3) return Optional.empty();
        // N / X = c0 + c1 (N - 1) + c2 N (N - 1); the best of the four ways to hold c1 and c2 at zero or not.
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int free = 0; free < 4; free++) {
            double[] c = solve(measured, (free & 1) != 0, (free & 2) != 0);
            if (c == null || c[0] <= 0 || c[1] < 0 || c[2] < 0) continue;
            double error = error(measured, c);
            if (error < least * (1 - 1e-12)) {
                least = error;
                best = c;
            }
        }
        return Optional.ofNullable(best).map(c -> of(measured, c));
    }

    /** The capacity of so many instances by the law; at most twice the largest count that was measured may be asked. */
    public Optional<Double> at(int instances) {
        int most = points.stream().mapToInt(Point::instances).max().orElse(0);
        return instances < 1 || instances > 2 * most ? Optional.empty() : Optional.of(law(instances));
    }

    private double law(double n) {
        return perInstance * n / (1 + serial * (n - 1) + crosstalk * n * (n - 1));
    }

    private static UniversalScalability of(List<Measured> measured, double[] c) {
        double serial = c[1] / c[0];
        double crosstalk = c[2] / c[0];
        Optional<Double> best =
                crosstalk > 1e-9 && serial < 1 ? Optional.of(Math.sqrt((1 - serial) / crosstalk)) : Optional.empty();
        var law = new UniversalScalability(1 / c[0], serial, crosstalk, best, List.of(), "");
        List<Point> points = new ArrayList<>();
        for (Measured m : measured) {
            double fitted = law.law(m.instances());
            points.add(new Point(m.instances(), m.perSecond(), fitted, m.perSecond() / fitted - 1));
        }
        return new UniversalScalability(1 / c[0], serial, crosstalk, best, points, words(points));
    }

    private static String words(List<Point> points) {
        double worst =
                points.stream().mapToDouble(p -> Math.abs(p.residual())).max().orElse(0);
        String fit = String.format(Locale.ROOT, "the law is off by %.1f %% at the most", worst * 100);
        return points.size() >= ENOUGH
                ? fit
                : fit + "; " + points.size() + " counts are few for three unknowns (" + ENOUGH + " are wanted)";
    }

    private static double error(List<Measured> measured, double[] c) {
        double sum = 0;
        for (Measured m : measured) {
            double n = m.instances();
            double fitted = n / (c[0] + c[1] * (n - 1) + c[2] * n * (n - 1));
            sum += Math.pow(Math.log(m.perSecond() / fitted), 2);
        }
        return sum;
    }

    /** Least squares, each point weighted by its own size so that small and large counts err alike; null if singular. */
    private static double[] solve(List<Measured> measured, boolean withSerial, boolean withCrosstalk) {
        int[] used = withSerial
                ? withCrosstalk ? new int[] {0, 1, 2} : new int[] {0, 1}
                : withCrosstalk ? new int[] {0, 2} : new int[] {0};
        int k = used.length;
        double[][] a = new double[k][k + 1];
        for (Measured m : measured) {
            double n = m.instances();
            double y = n / m.perSecond();
            double[] x = {1, n - 1, n * (n - 1)};
            double weight = 1 / (y * y);
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) a[i][j] += weight * x[used[i]] * x[used[j]];
                a[i][k] += weight * x[used[i]] * y;
            }
        }
        double[] solved = gauss(a);
        if (solved == null) return null;
        double[] c = new double[3];
        for (int i = 0; i < k; i++) c[used[i]] = solved[i];
        return c;
    }

    private static double[] gauss(double[][] a) {
        int k = a.length;
        for (int i = 0; i < k; i++) {
            int pivot = i;
            for (int r = i + 1; r < k; r++) if (Math.abs(a[r][i]) > Math.abs(a[pivot][i])) pivot = r;
            if (Math.abs(a[pivot][i]) < 1e-12) return null;
            double[] row = a[i];
            a[i] = a[pivot];
            a[pivot] = row;
            for (int r = 0; r < k; r++) {
                if (r == i) continue;
                double factor = a[r][i] / a[i][i];
                for (int c = i; c <= k; c++) a[r][c] -= factor * a[i][c];
            }
        }
        double[] x = new double[k];
        for (int i = 0; i < k; i++) x[i] = a[i][k] / a[i][i];
        return x;
    }
}
