package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.fields.ExampleTraces;
import java.nio.file.Path;

/** The captures with the rows of an independent analyser; they do not ship with the project. */
final class CaptureFolder {
    private CaptureFolder() {}

    /** Skips the test where they are not; fails it where they must be. */
    static Path orSkip() {
        return ExampleTraces.file("captures");
    }
}
