package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The captures with the rows of an independent analyser; they do not ship with the project. */
final class CaptureFolder {
    private CaptureFolder() {}

    /** Skips the test where they are not; fails it where they must be. */
    static Path orSkip() {
        Optional<Path> found = find();
        if ("true".equals(System.getenv("CI")))
            assertThat(found).as("the captures").isPresent();
        Assumptions.assumeTrue(found.isPresent(), "no captures: set TIERDRILL_TRACES to their folder");
        return found.orElseThrow();
    }

    private static Optional<Path> find() {
        String given = System.getenv("TIERDRILL_TRACES");
        Path home = Path.of("").toAbsolutePath().getParent();
        Path traces = given == null ? home.resolveSibling("shared").resolve("traces") : Path.of(given);
        Path captures = traces.resolve("captures");
        return Files.isDirectory(captures) ? Optional.of(captures) : Optional.empty();
    }
}
