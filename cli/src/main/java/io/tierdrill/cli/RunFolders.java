package io.tierdrill.cli;

import io.tierdrill.model.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where runs go. */
final class RunFolders {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunFolders() {}

    /** The folder asked for, or a new one under {@code runs} named after the time and the scenario. */
    static RunFolder create(Optional<Path> asked, String scenario, Clock calendar) throws IOException {
        if (asked.isPresent()) return RunFolder.create(asked.get());
        String name = STAMP.format(calendar.instant()) + "-" + scenario.replaceAll("[^A-Za-z0-9._-]+", "-");
        for (int again = 1; ; again++) {
            Path path = Path.of("runs", again == 1 ? name : name + "-" + again);
            if (!Files.exists(path)) return RunFolder.create(path);
        }
    }

    /** Takes away the folder of a run that never began. */
    static void discard(RunFolder run) throws IOException {
        List<Path> parts;
        try (Stream<Path> walk = Files.walk(run.path())) {
            parts = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path part : parts) Files.deleteIfExists(part);
    }
}
