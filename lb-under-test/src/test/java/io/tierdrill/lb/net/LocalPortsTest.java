package io.tierdrill.lb.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
    @Test
    void countsThePortsOfARange() {
        assertThat(LocalPorts.size("32768\t60999\n")).isEqualTo(28_232);
        assertThat(LocalPorts.size("5 5")).isEqualTo(1);
    }

    @Test
    void tellsWantOfAPortFromARefusal() {
        assertThat(LocalPorts.isExhausted(
                        new ConnectException("connect(..) failed with error(-99): Cannot assign requested address")))
                .isTrue();
        assertThat(LocalPorts.isExhausted(new ConnectException("Connection refused")))
                .isFalse();
        assertThat(LocalPorts.isExhausted(new IOException())).isFalse();
    }
}
