package io.tierdrill.load.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of somebody else's that a test needs. */
final class Tool {
    private Tool() {}

    /** Skips the test where it is missing; continuous integration has to have it. */
    static Path require(String program) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        assertThat(found.isPresent() || !"true".equals(System.getenv("CI")))
                .as(program + " is on the PATH; ./check puts it there")
                .isTrue();
        assumeTrue(found.isPresent(), program + " is not installed");
        return found.get();
    }
}
