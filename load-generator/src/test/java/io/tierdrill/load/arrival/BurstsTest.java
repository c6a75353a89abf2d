package io.tierdrill.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.seed.Seeds;
import org.junit.jupiter.api.Test;

class BurstsTest {
    private static final double BURSTINESS = 4;
    private static final double MEAN_BURST = 50;

    private static Bursts bursts(long seed) {
        Seeds seeds = new Seeds(seed);
        return new Bursts(ArrivalProcess.poisson(seeds.stream("a")), BURSTINESS, MEAN_BURST, seeds.stream("b"));
    }

    /** Arrivals in windows of the given length. */
    private static int[] counts(ArrivalProcess process, int windows, double length) {
        int[] counts = new int[windows];
        for (double at = process.next(0); at < windows * length; at = process.next(at)) counts[(int) (at / length)]++;
        return counts;
    }

    @Test
    void keepsTheMeanAndTheVarianceOfItsFormula() {
        double share = Bursts.shareOfTime(BURSTINESS);
        double difference = BURSTINESS - Bursts.CALM;
        double dispersion = 1 + 2 * MEAN_BURST * share * (1 - share) * (1 - share) * difference * difference;
        // Windows of 20 cycles of 350 each, so that they are nearly independent and the limit is nearly reached.
        int windows = 2_000;
        double length = 7_000;
        int[] counts = counts(bursts(1), windows, length);
        double mean = 0;
        for (int c : counts) mean += c / (double) windows;
        double variance = 0;
        for (int c : counts) variance += (c - mean) * (c - mean) / (windows - 1);
        // Standard error of the mean: sqrt(dispersion * length / windows) = 21; four of them.
        assertThat(mean).isCloseTo(length, within(4 * Math.sqrt(dispersion * length / windows)));
        // Of the variance: sqrt(2 / windows) = 3 %; four of them, and 5 % for windows that are not endless.
        assertThat(variance / mean / dispersion).isCloseTo(1, within(0.17));
    }

    @Test
    void peaksAtTheBurstinessAndRestsAtHalfTheMean() {
        // Even arrivals as base: within a state the gaps are 1 / rate, exactly.
        Bursts even = new Bursts(ArrivalProcess.constant(), BURSTINESS, MEAN_BURST, new Seeds(3).stream("b"));
        int fast = 0;
        int slow = 0;
        double last = 0;
        for (int i = 0; i < 10_000; i++) {
            double next = even.next(last);
            if (Math.abs(next - last - 1 / BURSTINESS) < 1e-6) fast++;
            if (Math.abs(next - last - 1 / Bursts.CALM) < 1e-6) slow++;
            last = next;
        }
        // All but the gaps that a change of state falls into, two in a cycle of 350.
        assertThat(fast + slow).isGreaterThan(9_900);
        assertThat(fast).isGreaterThan(1_000);
        assertThat(slow).isGreaterThan(1_000);
    }

    @Test
    void neverGoesBackAndRepeatsItself() {
        Bursts one = bursts(9);
        Bursts other = bursts(9);
        double last = 0;
        for (int i = 0; i < 10_000; i++) {
            double next = one.next(last);
            assertThat(next).isGreaterThanOrEqualTo(last).isEqualTo(other.next(last));
            last = next;
        }
    }
}
