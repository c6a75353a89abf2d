package io.tierdrill.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 µs",
                "12|12 µs",
                "98.4|98 µs",
                "310|0.31 ms",
                "12345|12.3 ms",
                "250000|250 ms",
                "999400|999 ms",
                "999600|1 s",
                "2900000|2.9 s",
                "-2100|-2.1 ms"
            })
    void writesTimesWithTheUnitThatFits(double micros, String text) {
        assertThat(Figures.micros(micros)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0 %", "0.0012|0.12 %", "0.031|3.1 %", "0.97|97 %", "1|100 %"})
    void writesSmallRatiosWithMoreDigits(double ratio, String text) {
        assertThat(Figures.percent(ratio)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"4180.4|4,180", "41.84|41.8", "0.312|0.31", "6|6", "-0.001|0"})
    void writesNumbersWithThreeDigits(double value, String text) {
        assertThat(Figures.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"512|512 B", "2048|2 KiB", "48234496|46 MiB", "1610612736|1.5 GiB"})
    void writesBytesInPowersOfTwo(double bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }
}
