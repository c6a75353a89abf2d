package io.tierdrill.cli.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules that only the sources show: a class file holds neither the text of a package nor the folder it was written in.
 *
 * @param home the folder that holds the modules
 */
record PackageTexts(Path home) {
    /** Folders whose classes live under another word than the folder's name. */
    private static final Map<String, String> WORDS = Map.of("load-generator", "load", "lb-under-test", "lb");

    /** Packages with classes but without a {@code package-info.java} that says something. */
    List<String> withoutText() throws IOException {
        return folders().entrySet().stream()
                .filter(f -> !explains(f.getKey().resolve("package-info.java")))
                .map(f -> home.relativize(f.getKey()).toString())
                .toList();
    }

    /** Packages written in a module's folder that belong to another module. */
    List<String> astray() throws IOException {
        return folders().entrySet().stream()
                .filter(f -> !f.getKey().startsWith(packageRoot(f.getValue())))
                .map(f -> home.relativize(f.getKey()).toString())
                .toList();
    }

    private Path packageRoot(Path module) {
        String folder = module.getFileName().toString();
        return sources(module).resolve("io").resolve("tierdrill").resolve(WORDS.getOrDefault(folder, folder));
    }

    /** Every folder with Java files, and the module it stands in. */
    private Map<Path, Path> folders() throws IOException {
        Map<Path, Path> folders = new TreeMap<>();
        for (Path module : modules()) {
            try (Stream<Path> files = Files.walk(sources(module))) {
                files.filter(f -> f.toString().endsWith(".java")).forEach(f -> folders.put(f.getParent(), module));
            }
        }
        return folders;
    }

    private List<Path> modules() throws IOException {
        try (Stream<Path> children = Files.list(home)) {
            return children.filter(c -> Files.isDirectory(sources(c))).sorted().collect(Collectors.toList());
        }
    }

    private static Path sources(Path module) {
        return module.resolve("src").resolve("main").resolve("java");
    }

    private static boolean explains(Path packageInfo) {
        try {
            return Files.readString(packageInfo).strip().startsWith("/**");
        } catch (IOException missing) {
            return false;
        }
    }
}
