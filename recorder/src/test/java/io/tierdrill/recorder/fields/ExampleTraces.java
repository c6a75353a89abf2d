package io.tierdrill.recorder.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real recordings. Looked for in {@code TIERDRILL_TRACES}, else beside the repository. */
public final class ExampleTraces {
    private ExampleTraces() {}

    /** A file among them; without it the test is left out, but not in CI. */
    public static Path file(String name) {
        Path traces = Optional.ofNullable(System.getenv("TIERDRILL_TRACES"))
                .map(Path::of)
                .orElseGet(() -> repository().resolveSibling("shared").resolve("traces"));
        Path file = traces.resolve(name);
        boolean there = Files.isReadable(file);
        String missing = file + " is not there; set TIERDRILL_TRACES to the folder of example traces";
        if ("true".equals(System.getenv("CI"))) assertThat(there).as(missing).isTrue();
        assumeTrue(there, missing);
        return file;
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".git")) && folder.getParent() != null) folder = folder.getParent();
        return folder;
    }
}
