package io.tierdrill.analysis.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Mser5Test {
    private final RandomGenerator chance = new Seeds(5).stream("series");

    private double[] series(int length, int warmup, double slower) {
        double[] series = new double[length];
        for (int i = 0; i < length; i++) series[i] = (i < warmup ? slower : 1) * (9.5 + chance.nextDouble());
        return series;
    }

    @Test
    void cutsOffTheWarmUp() {
        Mser5 cut = Mser5.of(series(300, 60, 3));

        assertThat(cut.cut()).isBetween(60, 75);
        assertThat(cut.settles()).isTrue();
        assertThat(cut.before() / cut.after()).isBetween(2.5, 3.1);
    }

    @Test
    void doesNotSettleWhereMostWouldHaveToGo() {
        assertThat(Mser5.of(series(300, 200, 3)).settles()).isFalse();
    }

    @Test
    void cutsLittleFromASeriesThatIsSteady() {
        for (int i = 0; i < 50; i++) {
            Mser5 cut = Mser5.of(series(300, 0, 1));
            double ratio = cut.cut() == 0 ? 1 : cut.before() / cut.after();
            assertThat(ratio).isBetween(0.95, 1.05);
        }
    }

    @Test
    void cutsNothingWhereThereIsTooLittleToTell() {
        assertThat(Mser5.of(new double[] {9, 9, 9, 9, 9, 1, 1, 1, 1, 1}).cut()).isZero();
        assertThat(Mser5.of(new double[0]).settles()).isTrue();
    }
}
