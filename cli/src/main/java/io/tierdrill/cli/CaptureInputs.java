package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.packets.capture.CaptureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells packet captures from logs by the first bytes of the files. */
final class CaptureInputs {
    private CaptureInputs() {}

    /**
     * Whether these are captures. What cannot be read counts as neither: whoever imports the rest says so.
     *
     * @throws BadInputException when there are both captures and others
     */
    static boolean areCaptures(List<Path> inputs) throws IOException, BadInputException {
        List<Path> captures = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path input : inputs) {
            if (!Files.isRegularFile(input) || !Files.isReadable(input)) continue;
            (CaptureFormat.detect(input).isPresent() ? captures : others).add(input);
        }
        if (captures.isEmpty() || others.isEmpty()) return !captures.isEmpty();
        throw new BadInputException(new Problem(
                others.get(0).toString(),
                "",
                "is no packet capture, but " + captures.get(0) + " is one",
                "Import captures and logs one after the other, into a trace each."));
    }
}
