package io.tierdrill.scenarios.evaluate.force;

import io.tierdrill.model.config.ConfigNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Few descriptors.
 *
 * @param spare how many more than are open now
 */
record Descriptors(Whom whom, int spare) implements Force {
    private static final List<String> TOOL = List.of("/usr/bin/prlimit", "/bin/prlimit");

    static Optional<Force> from(ConfigNode node) {
        Optional<Whom> whom = Whom.from(node);
        int spare = node.integer("spare", 16, 0, 1_000_000);
        node.finish();
        return whom.map(w -> new Descriptors(w, spare));
    }

    @Override
    public Optional<String> impossible() {
        return tool().isPresent() ? Optional.empty() : Optional.of("a limit of descriptors needs prlimit (util-linux)");
    }

    private static Optional<String> tool() {
        return TOOL.stream().filter(t -> Files.isExecutable(Path.of(t))).findFirst();
    }

    @Override
    public String words() {
        return whom.words() + " left with " + spare + " more descriptors";
    }

    /** Processes that are given fewer keep what they have. There is nothing to undo: the stack ends with the run. */
    @Override
    public Applied apply(Processes processes) throws IOException, InterruptedException {
        for (long pid : processes.of(whom)) {
            long most = open(pid) + spare;
            int status = Script.run(
                    List.of(tool().orElseThrow(), "--pid", Long.toString(pid), "--nofile=" + most + ":" + most));
            if (status != 0) throw new IOException("prlimit refused to set " + most + " descriptors for " + pid);
        }
        return () -> {};
    }

    private static long open(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        }
    }
}
