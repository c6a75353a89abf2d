package io.tierdrill.cli;

import java.nio.file.Path;

/** Files that come with the product; the launcher says where it stands with {@code -Dtierdrill.home}. */
final class ShippedFiles {
    private ShippedFiles() {}

    static Path quickstart() {
        Path shipped = Path.of(System.getProperty("tierdrill.home", "")).resolve("scenarios/quickstart.yaml");
        Path here = Path.of("").toAbsolutePath();
        Path absolute = shipped.toAbsolutePath();
        return absolute.startsWith(here) ? here.relativize(absolute) : shipped;
    }
}
