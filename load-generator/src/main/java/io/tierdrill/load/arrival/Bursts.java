package io.tierdrill.load.arrival;

import java.util.random.RandomGenerator;

/**
 * Makes a process clump: a Markov-modulated process of two states (with a Poisson base: MMPP-2; Fischer and
 * Meier-Hellstern, The Markov-modulated Poisson process cookbook, Performance Evaluation 18, 1993).
 *
 * <p>In a burst the rate is {@code N} times the mean (the burstiness, peak to mean), between bursts it is
 * {@code c = 1/2} of the mean. The mean stays one, so the share of time in bursts is
 *
 * <pre>  p = (1 - c) / (N - c)</pre>
 *
 * Lengths are exponential: a burst lasts {@code B} on average (in operational time), a calm {@code B (1 - p) / p}. It
 * starts in a burst with probability {@code p}, so it is stationary from the first moment. For a Poisson base the
 * variance of a count over its mean tends, over long windows, to
 *
 * <pre>  1 + 2 B p (1 - p)^2 (N - c)^2</pre>
 */
public final class Bursts implements ArrivalProcess {
    /** Rate between bursts over the mean rate. */
    public static final double CALM = 0.5;

    private final ArrivalProcess base;
    private final double burstiness;
    private final double meanBurst;
    private final double meanCalm;
    private final RandomGenerator random;

    private boolean inBurst;
    private double stateStart;
    private double stateEnd;
    /** The base process's own time at {@code stateStart}. */
    private double baseAtStart;

    private double baseLast;

    /**
     * @param base the process that is stretched and squeezed
     * @param burstiness peak rate over mean rate, above 1
     * @param meanBurst mean length of a burst in expected requests: seconds times the mean rate
     */
    public Bursts(ArrivalProcess base, double burstiness, double meanBurst, RandomGenerator random) {
        if (!(burstiness > 1)) throw new IllegalArgumentException("burstiness must be above 1, was " + burstiness);
        if (!(meanBurst > 0)) throw new IllegalArgumentException("meanBurst must be above 0, was " + meanBurst);
        double share = shareOfTime(burstiness);
        this.base = base;
        this.burstiness = burstiness;
        this.meanBurst = meanBurst;
        this.meanCalm = meanBurst * (1 - share) / share;
        this.random = random;
        this.inBurst = random.nextDouble() < share;
        this.stateEnd = length();
    }

    /** The share of time spent in bursts. */
    public static double shareOfTime(double burstiness) {
        return (1 - CALM) / (burstiness - CALM);
    }

    /** The base runs {@code rate} times as fast as operational time: find where its next arrival falls. */
    @Override
    public double next(double last) {
        baseLast = base.next(baseLast);
        while (baseLast > baseAtStart + (stateEnd - stateStart) * rate()) turn();
        return Math.max(last, stateStart + (baseLast - baseAtStart) / rate());
    }

    private void turn() {
        baseAtStart += (stateEnd - stateStart) * rate();
        stateStart = stateEnd;
        inBurst = !inBurst;
        stateEnd = stateStart + length();
    }

    private double rate() {
        return inBurst ? burstiness : CALM;
    }

    private double length() {
        return ArrivalProcess.exponential(random) * (inBurst ? meanBurst : meanCalm);
    }
}
