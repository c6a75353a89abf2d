package io.tierdrill.analysis;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;

/** Reads a run folder and says what it means. Stateless; safe from any thread. */
public final class Analysis {
    private Analysis() {}

    /**
     * The verdict of a run. Pure: nothing is written, and the same folder gives the same verdict.
     *
     * @throws IOException where a file of the folder cannot be read
     * @throws BadInputException where the folder does not hold a run, or a file of it is not what it should be
     */
    public static Verdict of(RunFolder folder) throws IOException, BadInputException {
        throw new IOException(folder.path() + ": not yet");
    }
}
