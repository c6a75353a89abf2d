package io.tierdrill.analysis.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void endsOnARoundNumberAboveTheMost() {
        assertThat(Scale.fromZero(437).ticks()).containsExactly(0.0, 100.0, 200.0, 300.0, 400.0, 500.0);
        assertThat(Scale.fromZero(0).high()).isEqualTo(1);
        assertThat(Scale.fromZero(91, 3).ticks()).containsExactly(0.0, 50.0, 100.0);
    }

    @Test
    void endsExactlyWhereTimeEnds() {
        assertThat(Scale.exactly(17).high()).isEqualTo(17);
        assertThat(Scale.exactly(17).ticks()).containsExactly(0.0, 5.0, 10.0, 15.0);
    }

    @Test
    void spreadsPowersOfTenEvenly() {
        Scale scale = Scale.logarithmic(15, 2_300);

        assertThat(scale.ticks()).containsExactly(10.0, 100.0, 1_000.0, 10_000.0);
        assertThat(scale.at(100)).isEqualTo(1.0 / 3);
        assertThat(scale.at(1)).isZero();
        assertThat(scale.at(1e9)).isEqualTo(1);
    }

    @Test
    void refusesAScaleWithoutWidth() {
        assertThatThrownBy(() -> Scale.exactly(0)).hasMessage("most must be above 0, was 0.0");
    }

    @Test
    void interruptsALineWhereNothingIsKnown() {
        Plot plot = new Plot.Builder("p", "P", Scale.exactly(4), Scale.exactly(4))
                .line("l7", "", new double[] {0, 1, 2, 3, 4}, new double[] {0, 4, Double.NaN, 2, 2})
                .build();

        assertThat(plot.lines().get(0).path()).isEqualTo("M0 1000L250 0M750 500L1000 500");
    }
}
