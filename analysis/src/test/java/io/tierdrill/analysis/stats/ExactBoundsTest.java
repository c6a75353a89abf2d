package io.tierdrill.analysis.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactBoundsTest {
    /** The first row is the example of Newcombe, Statistics in Medicine 17 (1998), table I, method 5, as are 15 of 148, 0 of 20 and 1 of 29. */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "81, 263, 0.2527, 0.3676",
        "15, 148, 0.0578, 0.1617",
        "0, 20, 0.0000, 0.1684",
        "1, 29, 0.0009, 0.1776",
        "5, 10, 0.1871, 0.8129",
        "10, 10, 0.6915, 1.0000"
    })
    void givesThePublishedIntervals(long hits, long total, double low, double high) {
        ExactBounds bounds = ExactBounds.of(hits, total);

        assertThat(bounds.low()).isCloseTo(low, within(0.00006));
        assertThat(bounds.high()).isCloseTo(high, within(0.00006));
    }

    /** As worked out for the size of the matrix: 114 of 120 do not show 90 %, 168 of 176 do. */
    @Test
    void saysHowManyRunsATargetNeeds() {
        assertThat(ExactBounds.of(114, 120).low()).isCloseTo(0.894, within(0.0005));
        assertThat(ExactBounds.of(168, 176).low()).isGreaterThan(0.9);
        assertThat(ExactBounds.oneSidedHigh(0, 60)).isCloseTo(1 - Math.pow(0.05, 1 / 60.0), within(1e-9));
    }

    @Test
    void knowsNothingOfNothing() {
        assertThat(ExactBounds.of(0, 0)).isEqualTo(new ExactBounds(0, 1));
    }

    @Test
    void isAsMirroredAsTheBinomial() {
        ExactBounds few = ExactBounds.of(3, 400);
        ExactBounds many = ExactBounds.of(397, 400);

        assertThat(many.low()).isCloseTo(1 - few.high(), within(1e-9));
        assertThat(many.high()).isCloseTo(1 - few.low(), within(1e-9));
    }

    @Test
    void refusesMoreHitsThanThereWere() {
        assertThatThrownBy(() -> ExactBounds.of(3, 2)).hasMessage("hits must be 0 to 2, was 3");
    }
}
