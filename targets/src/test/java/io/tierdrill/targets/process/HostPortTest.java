package io.tierdrill.targets.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.3.1:8080", "0.0.0.0:0", "[0:0:0:0:0:0:0:1]:65535"})
    void readsBackWhatItWrites(String text) {
        assertThat(HostPort.format(HostPort.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "localhost:80",
                "1.2.3.4.5:80"
            })
    void takesNothingElseAndAsksNoNames(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be an address and a port, such as 127.0.3.1:8080, was \"" + text + "\"");
    }
}
