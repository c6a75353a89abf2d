package io.tierdrill.load.pattern;

import java.util.random.RandomGenerator;

/**
 * Draws ranks 1 to n with probability proportional to {@code 1 / k^s}, in constant time and memory for any n.
 *
 * <p>Rejection-inversion after Hoermann and Derflinger, Rejection-inversion to generate variates from monotone discrete
 * distributions, ACM TOMACS 6(3), 1996. The continuous density {@code h(x) = x^-s} has the integral {@code H}; a
 * uniform draw from {@code (H(1.5) - h(1), H(n + 0.5)]} is inverted and rounded to a rank {@code k}, and accepted
 * where it lies above {@code H(k + 0.5) - h(k)}. Not thread-safe.
 */
final class Zipf {
    private final long n;
    private final double s;
    private final double low;
    private final double high;
    private final RandomGenerator random;

    Zipf(long n, double s, RandomGenerator random) {
        this.n = n;
        this.s = s;
        this.random = random;
        this.low = integral(1.5) - 1;
        this.high = integral(n + 0.5);
    }

    long next() {
        while (true) {
            double u = high + random.nextDouble() * (low - high);
            long k = Math.min(n, Math.max(1, Math.round(inverse(u))));
            if (u >= integral(k + 0.5) - Math.exp(-s * Math.log(k))) return k;
        }
    }

    /** The integral of {@code x^-s} from 1: {@code (x^(1-s) - 1) / (1-s)}, or the logarithm where s is 1. */
    private double integral(double x) {
        double log = Math.log(x);
        double t = (1 - s) * log;
        return Math.abs(t) < 1e-12 ? log : Math.expm1(t) / (1 - s);
    }

    private double inverse(double y) {
        double t = (1 - s) * y;
        return Math.abs(t) < 1e-12 ? Math.exp(y) : Math.exp(Math.log1p(Math.max(-1, t)) / (1 - s));
    }
}
