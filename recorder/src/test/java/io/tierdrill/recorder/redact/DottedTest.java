package io.tierdrill.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DottedTest {

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0", "255.255.255.255, 4294967295", "192.0.2.1, 3221225985", "1.2.3.100, 16909156"})
    void readsAddressesAsTheyAreMostlyWritten(String text, long address) {
        assertThat(Dotted.parse(text)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.5",
                "1.2.3.4.",
                "01.2.3.4",
                "1.2.3.00",
                "1.2.3.256",
                "1.2.3.999",
                "1.2.3.-4",
                "1.2.3.4:80",
                "::1",
                "www.example.org",
                "1.2.3.1111111111"
            })
    void leavesAllOthersToTheirOwnWay(String text) {
        assertThat(Dotted.parse(text)).isEqualTo(Dotted.NONE);
    }

    @Test
    void putsAnotherLastByte() {
        assertThat(Dotted.withLast("192.0.2.1", 254)).isEqualTo("192.0.2.254");
    }
}
