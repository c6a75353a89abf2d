package io.tierdrill.analysis;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;

/** The report for people: one file that needs nothing else, readable offline, on a phone and on paper. */
public final class HtmlReport {
    private HtmlReport() {}

    /** Writes {@link RunFolder#report}, replacing an older one. */
    public static void write(RunFolder folder, Verdict verdict) throws IOException, BadInputException {
        throw new IOException(folder.report() + ": not yet");
    }
}
