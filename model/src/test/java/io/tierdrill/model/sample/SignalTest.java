package io.tierdrill.model.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalTest {
    @ParameterizedTest
    @EnumSource
    void isFoundUnderTheNameATierExposesItAt(Signal signal) {
        assertThat(Signal.ofMetric(signal.metric())).contains(signal);
        assertThat(signal.metric()).matches("tierdrill_[a-z0-9_]+");
        assertThat(signal.metric().endsWith("_total")).isEqualTo(signal.counts());
        assertThat(Signal.ofMetric(signal.metric() + "x")).isEmpty();
    }
}
