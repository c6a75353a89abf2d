package io.tierdrill.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalProcessTest {
    private static final Seeds SEEDS = new Seeds(2026);

    private static double[] gaps(ArrivalProcess process, int count) {
        double[] gaps = new double[count];
        double last = 0;
        for (int i = 0; i < count; i++) {
            double next = process.next(last);
            gaps[i] = next - last;
            last = next;
        }
        return gaps;
    }

    @Test
    void constantArrivalsFallInTheMiddleOfTheirGapsToTheNanosecond() {
        DueTimes due = new DueTimes(ArrivalProcess.constant(), RateCurve.level(1000));
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) found.add(due.nextLong());
        assertThat(found).containsExactly(500_000L, 1_500_000L, 2_500_000L, 3_500_000L);
        for (int i = 4; i < 1_000_000; i++) assertThat(due.nextLong()).isEqualTo(i * 1_000_000L + 500_000);
    }

    @Test
    void poissonGapsAreExponentialWithMeanOne() {
        int n = 200_000;
        double[] gaps = gaps(ArrivalProcess.poisson(SEEDS.stream("a")), n);
        double mean = 0;
        double square = 0;
        int short1 = 0;
        for (double g : gaps) {
            mean += g / n;
            square += g * g / n;
            if (g < 0.1) short1++;
        }
        // Standard errors: mean 1/sqrt(n) = 0.0022, second moment sqrt(20/n) = 0.01; four of each.
        assertThat(mean).isCloseTo(1, within(0.009));
        assertThat(square).isCloseTo(2, within(0.04));
        // P(gap < 0.1) = 1 - e^-0.1 = 0.09516; standard error sqrt(p q / n) = 0.00066.
        assertThat(short1 / (double) n).isCloseTo(0.09516, within(0.0027));
    }

    @Test
    void theSameSeedGivesTheSameArrivals() {
        assertThat(gaps(ArrivalProcess.poisson(SEEDS.stream("a")), 1000))
                .isEqualTo(gaps(ArrivalProcess.poisson(SEEDS.stream("a")), 1000))
                .isNotEqualTo(gaps(ArrivalProcess.poisson(new Seeds(7).stream("a")), 1000));
    }
}
