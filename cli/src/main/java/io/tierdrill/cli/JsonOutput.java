package io.tierdrill.cli;

import io.tierdrill.model.run.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --json FILE}: the result for machines, in a file or, with {@code -}, on standard output instead of the text. */
final class JsonOutput {
    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "-",
            description = "Write the result as JSON to FILE; '-' (or no FILE) is standard output, without the text.")
    private String file;

    /** Whether standard output belongs to the JSON. */
    boolean takesStandardOutput() {
        return "-".equals(file);
    }

    void write(PrintWriter out, Object result) throws IOException {
        if (file == null) return;
        if (!takesStandardOutput()) {
            RunFiles.write(Path.of(file), result);
            return;
        }
        out.print(RunFiles.text(result));
        out.flush();
    }
}
