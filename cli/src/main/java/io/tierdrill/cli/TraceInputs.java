package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tells traces from logs by the first bytes of the files. */
final class TraceInputs {
    /** Of every Avro container. */
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};

    private TraceInputs() {}

    /**
     * Whether these are traces. What cannot be read counts as neither: whoever imports the rest says so.
     *
     * @throws BadInputException when there are both traces and others
     */
    static boolean areTraces(List<Path> inputs) throws IOException, BadInputException {
        List<Path> traces = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path input : inputs) {
            if (!Files.isRegularFile(input) || !Files.isReadable(input)) continue;
            (isTrace(input) ? traces : others).add(input);
        }
        if (traces.isEmpty() || others.isEmpty()) return !traces.isEmpty();
        throw new BadInputException(new Problem(
                others.get(0).toString(),
                "",
                "is no trace, but " + traces.get(0) + " is one",
                "Import the others into a trace first, then merge the traces."));
    }

    private static boolean isTrace(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }
}
