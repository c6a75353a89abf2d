package io.tierdrill.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus' own checker, where the machine has it. */
record Promtool(Path program) {

    /** Skips the test where it is missing; continuous integration has to have it. */
    static Promtool require() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        boolean mustBeThere = "true".equals(System.getenv("CI"));
        assertThat(found.isPresent() || !mustBeThere)
                .as("promtool is on the PATH; ./check puts it there")
                .isTrue();
        assumeTrue(found.isPresent(), "promtool is not installed");
        return new Promtool(found.get());
    }

    /** Expects it to agree; shows what it said otherwise. */
    void accepts(String... arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile("promtool", ".out");
        try {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).as("promtool ended within 60 s").isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            Files.deleteIfExists(said);
        }
    }
}
