package io.tierdrill.lb.l7;

import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Path;

/** Files that settings name: relative to the file that names them. Stateless. */
final class Beside {
    private Beside() {}

    /** Absolute, so that the settings can be written into another folder and still mean the same file. */
    static Path file(ConfigNode node, String name) {
        return Path.of(node.file()).toAbsolutePath().resolveSibling(name).normalize();
    }
}
