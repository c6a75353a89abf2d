package io.tierdrill.recorder.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where an input comes from: a file, or a stream that can be read once. */
public final class Source {
    private final String name;
    private final Optional<Path> path;
    private final InputStream stream;

    private Source(String name, Optional<Path> path, InputStream stream) {
        this.name = name;
        this.path = path;
        this.stream = stream;
    }

    public static Source file(Path path) {
        return new Source(path.toString(), Optional.of(path), InputStream.nullInputStream());
    }

    /** Read to its end and closed by the import. */
    public static Source stream(String name, InputStream stream) {
        return new Source(name, Optional.empty(), stream);
    }

    /** For messages and accounts. */
    public String name() {
        return name;
    }

    public Optional<Path> path() {
        return path;
    }

    public InputStream open() throws IOException {
        return path.isPresent() ? Files.newInputStream(path.get()) : stream;
    }
}
