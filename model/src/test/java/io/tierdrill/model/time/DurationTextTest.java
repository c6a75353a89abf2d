package io.tierdrill.model.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "5ns, 5",
        "5us, 5000",
        "5µs, 5000",
        "250ms, 250000000",
        "1.5s, 1500000000",
        "2m, 120000000000",
        "1h, 3600000000000",
        "' 3 s ', 3000000000",
        "3S, 3000000000",
        "0s, 0",
        "0.000000001s, 1",
        "2562047h, 9223369200000000000"
    })
    void readsANumberWithAUnit(String text, long nanos) {
        assertThat(DurationText.parse(text)).contains(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "-1s", "1e3s", "1.s", ".5s", "5 minutes", "1m30s", "2562048h", "1d", "five s"})
    void refusesAnythingElse(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5ns", "1.0000000001s"})
    void refusesFractionsOfANanosecondInsteadOfDroppingThem(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "1500, 1500ns",
        "2000, 2us",
        "250000000, 250ms",
        "1500000000, 1500ms",
        "90000000000, 90s",
        "120000000000, 2m",
        "7200000000000, 2h"
    })
    void writesTheLargestUnitThatIsExact(long nanos, String text) {
        assertThat(DurationText.format(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @Test
    void readsBackWhatItWrote() {
        for (long nanos = 1; nanos > 0 && nanos < Long.MAX_VALUE / 7; nanos *= 7) {
            Duration duration = Duration.ofNanos(nanos);
            assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
        }
    }
}
