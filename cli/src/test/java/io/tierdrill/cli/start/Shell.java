package io.tierdrill.cli.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a shell command said and how it ended.
 *
 * @param output standard output and standard error, as they came
 */
record Shell(int status, String output) {
    /** The repository: tests run in their module's folder. */
    static final Path HOME = Path.of("").toAbsolutePath().getParent();

    /** Runs a line of sh in a folder; its output goes through a file there, so that nothing can block. */
    static Shell run(Path folder, Map<String, String> environment, String line)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "shell", ".out");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("still running after 60 s: " + line);
        }
        return new Shell(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
