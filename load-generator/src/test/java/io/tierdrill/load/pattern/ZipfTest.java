package io.tierdrill.load.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfTest {

    /** The judge is the definition: probabilities summed up one by one. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.99, 1, 1.2, 3})
    void drawsRanksInTheProportionOfTheirPowers(double exponent) {
        int n = 50;
        int draws = 200_000;
        int[] counts = new int[n + 1];
        Zipf zipf = new Zipf(n, exponent, new Seeds(5).stream("items"));
        for (int i = 0; i < draws; i++) counts[(int) zipf.next()]++;
        double norm = 0;
        for (int k = 1; k <= n; k++) norm += Math.pow(k, -exponent);
        double chiSquare = 0;
        for (int k = 1; k <= n; k++) {
            double expected = draws * Math.pow(k, -exponent) / norm;
            chiSquare += (counts[k] - expected) * (counts[k] - expected) / expected;
        }
        // 49 degrees of freedom: mean 49, deviation sqrt(98) = 9.9; four of them.
        assertThat(chiSquare).isLessThan(49 + 4 * 9.9);
    }

    @Test
    void staysInRangeForASingleItemAndForVeryMany() {
        Zipf one = new Zipf(1, 1, new Seeds(5).stream("items"));
        Zipf many = new Zipf(1L << 40, 0.8, new Seeds(5).stream("items"));
        for (int i = 0; i < 10_000; i++) {
            assertThat(one.next()).isEqualTo(1);
            assertThat(many.next()).isBetween(1L, 1L << 40);
        }
    }
}
