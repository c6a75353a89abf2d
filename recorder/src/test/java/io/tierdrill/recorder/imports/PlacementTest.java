package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.seed.Seeds;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void instantsLieInOrderWithinTheSecond() {
        for (int lines : new int[] {1, 2, 10, 1000}) {
            Placement placement = new Placement(new Seeds(4), 0, 7, SECOND, lines);
            long before = 0;
            for (int i = 0; i < lines; i++) {
                long nanos = placement.next();
                assertThat(nanos).isBetween(before, 999_999_999L);
                before = nanos;
            }
        }
    }

    /**
     * The k-th of n sorted even draws has mean k / (n + 1) and variance below 1 / (4 (n + 2)). Over 4,000 seconds of
     * 4 lines the mean's standard deviation is below 0.0033 of a second; four of them are allowed.
     */
    @Test
    void theyAreSortedEvenDraws() {
        int seconds = 4_000;
        double[] sums = new double[4];
        for (int second = 0; second < seconds; second++) {
            Placement placement = new Placement(new Seeds(4), 0, second, SECOND, sums.length);
            for (int i = 0; i < sums.length; i++) sums[i] += placement.next() / 1e9;
        }
        for (int i = 0; i < sums.length; i++) assertThat(sums[i] / seconds).isCloseTo((i + 1) / 5.0, within(0.013));
    }

    @Test
    void theyDependOnSeedFileAndSecondOnly() {
        long one = new Placement(new Seeds(4), 1, 7, SECOND, 3).next();

        assertThat(new Placement(new Seeds(4), 1, 7, SECOND, 3).next()).isEqualTo(one);
        assertThat(new Placement(new Seeds(5), 1, 7, SECOND, 3).next()).isNotEqualTo(one);
        assertThat(new Placement(new Seeds(4), 2, 7, SECOND, 3).next()).isNotEqualTo(one);
        assertThat(new Placement(new Seeds(4), 1, 8, SECOND, 3).next()).isNotEqualTo(one);
    }
}
