package io.tierdrill.analysis.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StatsTest {

    @Test
    void takesTheValueOfNearestRankForAPercentile() {
        Sorted sorted = Sorted.of(LongStream.rangeClosed(1, 1000).toArray());

        assertThat(sorted.quantile(0.5)).isEqualTo(500);
        assertThat(sorted.quantile(0.99)).isEqualTo(990);
        assertThat(sorted.quantile(1)).isEqualTo(1000);
        assertThat(sorted.mean()).isEqualTo(500.5);
    }

    /** Of 1,000 intervals for the true p99 of an exponential tail, 95 % should hold it; 3 standard errors are 2 %. */
    @Test
    void holdsTheTruePercentileInNineteenOfTwentyIntervals() {
        RandomGenerator chance = new Seeds(5).stream("intervals");
        double truth = -Math.log(0.01) * 1e6;
        int held = 0;
        for (int run = 0; run < 1000; run++) {
            long[] values = new long[3000];
            for (int i = 0; i < values.length; i++) values[i] = Math.round(-Math.log(1 - chance.nextDouble()) * 1e6);
            Sorted sorted = Sorted.of(values);
            if (sorted.low(0.99) <= truth && truth <= sorted.high(0.99)) held++;
        }

        assertThat(held / 1000.0).isBetween(0.93, 0.99);
    }

    @Test
    void keepsTheIntervalWithinWhatWasSeen() {
        Sorted few = Sorted.of(new long[] {3, 1, 2});

        assertThat(few.low(0.99)).isEqualTo(2);
        assertThat(few.high(0.99)).isEqualTo(3);
    }

    @Test
    void callsOnlyASteadyRiseATrend() {
        double[] rising = new double[20];
        double[] level = new double[20];
        double[] outlier = new double[20];
        RandomGenerator chance = new Seeds(1).stream("trend");
        for (int i = 0; i < 20; i++) {
            double noise = chance.nextDouble();
            rising[i] = 3 * i + noise;
            level[i] = noise;
            outlier[i] = noise + (i == 19 ? 1000 : 0);
        }

        assertThat(Trend.of(rising).rises()).isTrue();
        assertThat(Trend.of(rising).slopePerStep()).isCloseTo(3, Offset.offset(0.1));
        assertThat(Trend.of(level).rises()).isFalse();
        assertThat(Trend.of(outlier).rises()).isFalse();
        assertThat(Trend.of(new double[] {1, 2, 3}).rises()).isFalse();
    }

    @Test
    void isSureOfARatioOnlyWithEnoughBehindIt() {
        assertThat(new Proportion(1, 500).low()).isLessThan(0.001);
        assertThat(new Proportion(100, 5000).low()).isBetween(0.016, 0.02);
        assertThat(new Proportion(0, 0).low()).isZero();
    }
}
