package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.targets.process.HostPort;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceArgumentsTest {

    @Test
    void readsAllOptions() throws BadInputException {
        var arguments = InstanceArguments.parse(
                "l7",
                "--name",
                "l7/2",
                "--listen",
                "127.0.3.2:8080",
                "--config",
                "l7-2.yaml",
                "--seed",
                "-7",
                "--supervised",
                "--downstream",
                "127.0.4.1:80,127.0.4.2:80");

        assertThat(arguments.kind()).isEqualTo(TierKind.L7);
        assertThat(arguments.id()).isEqualTo(new InstanceId("l7", 2));
        assertThat(arguments.listen()).isEqualTo(HostPort.parse("127.0.3.2:8080"));
        assertThat(arguments.config()).contains(Path.of("l7-2.yaml"));
        assertThat(arguments.seed()).isEqualTo(-7);
        assertThat(arguments.supervised()).isTrue();
        assertThat(arguments.downstream())
                .isEqualTo(List.of(HostPort.parse("127.0.4.1:80"), HostPort.parse("127.0.4.2:80")));
    }

    @Test
    void needsOnlyItsKind() throws BadInputException {
        var arguments = InstanceArguments.parse("service");

        assertThat(arguments.id()).isEqualTo(new InstanceId("service", 1));
        assertThat(arguments.listen()).isEqualTo(HostPort.parse("127.0.0.1:0"));
        assertThat(arguments.config()).isEmpty();
        assertThat(arguments.supervised()).isFalse();
        assertThat(arguments.downstream()).isEmpty();
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> InstanceArguments.parse(
                        "l6",
                        "--name",
                        "l7",
                        "--listen",
                        "localhost:80",
                        "--seed",
                        "many",
                        "--downstream",
                        "127.0.0.1:70000",
                        "--lsten",
                        "--config"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        KIND: unknown value "l6"
                          Known: dns, l3, l4, l7, service. Did you mean l3?
                        --name: instance must look like l7/2, was 'l7'
                        --listen: must be an address and a port, such as 127.0.3.1:8080, was "localhost:80"
                        --seed: must be a whole number, was "many"
                        --downstream: must be an address and a port, such as 127.0.3.1:8080, was "127.0.0.1:70000"
                        --lsten: unknown option
                          Known: --name, --listen, --config, --seed, --supervised, --downstream. Did you mean --listen?
                        --config: its value is missing
                        7 problems; nothing was started.""");
    }

    @Test
    void tellsTheKindsWhereNoneIsGiven() {
        assertThatThrownBy(InstanceArguments::parse).hasMessage("""
                        KIND: unknown value ""
                          Known: dns, l3, l4, l7, service.
                        1 problem; nothing was started.""");
    }
}
