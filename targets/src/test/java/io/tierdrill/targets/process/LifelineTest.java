package io.tierdrill.targets.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifelineTest {
    private final Ready ready = new Ready(HostPort.parse("127.0.3.1:8080"), HostPort.parse("127.0.3.1:8081"));

    @Test
    void announcesThenObeysUntilTheParentIsGone() {
        List<List<InetSocketAddress>> wired = new ArrayList<>();
        var said = new ByteArrayOutputStream();

        Lifeline.follow(
                ready,
                new BufferedReader(new StringReader("WIRE 127.0.4.1:1 127.0.4.2:2\nwhat?\nWIRE\n")),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                wired::add);

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("READY traffic=127.0.3.1:8080 admin=127.0.3.1:8081", "WIRED", "WIRED");
        assertThat(wired)
                .containsExactly(List.of(HostPort.parse("127.0.4.1:1"), HostPort.parse("127.0.4.2:2")), List.of());
    }

    @Test
    void isUnderstoodByItsParent() {
        assertThat(Ready.parse(ready.line())).contains(ready);
        assertThat(Ready.parse("OpenJDK 64-Bit Server VM warning: whatever")).isEmpty();
    }
}
