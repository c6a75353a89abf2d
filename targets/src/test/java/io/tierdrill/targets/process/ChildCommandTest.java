package io.tierdrill.targets.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.tier.TierKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildCommandTest {

    @Test
    void isTheJavaAndTheClassPathOfThisProcess() {
        ChildCommand command = ChildCommand.ofThisJvm();

        assertThat(command.java()).isExecutable();
        assertThat(command.classPath()).isEqualTo(System.getProperty("java.class.path"));
    }

    @Test
    void putsHeapAfterFlagsAndArgumentsLast() {
        var command = new ChildCommand(
                        List.of("nice"), Path.of("/jdk/bin/java"), "a.jar:b.jar", List.of("-Xa"), Map.of())
                .with("-Xb")
                .withHeap(TierKind.L7, 256);

        assertThat(command.line(TierKind.L7, "Main", List.of("l7")))
                .containsExactly(
                        "nice",
                        "/jdk/bin/java",
                        "-Xa",
                        "-Xb",
                        "-Xms8m",
                        "-Xmx256m",
                        "-cp",
                        "a.jar:b.jar",
                        "Main",
                        "l7");
        assertThat(command.line(TierKind.L4, "Main", List.of())).contains("-Xmx64m");
    }

    @Test
    void refusesAHeapNoJvmStartsWith() {
        assertThatThrownBy(() -> ChildCommand.ofThisJvm().withHeap(TierKind.L4, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("heap of l4 must be 16 MiB or more, was 8");
    }
}
