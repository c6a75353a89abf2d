package io.tierdrill.model.run;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.RunEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Writes and reads {@code events.jsonl}. Safe from any thread; each line is on its way to the disk when the call ends. */
public final class EventLog implements Consumer<RunEvent>, AutoCloseable {
    private final BufferedWriter out;

    private EventLog(BufferedWriter out) {
        this.out = out;
    }

    /** Starts a new file, over any old one. */
    public static EventLog create(Path path) throws IOException {
        return new EventLog(Files.newBufferedWriter(path));
    }

    /** @throws UncheckedIOException if the disk does not take it */
    @Override
    public synchronized void accept(RunEvent event) {
        try {
            out.write(RunFiles.line(event));
            out.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    /**
     * All events in the order they were written. A last line without its end was cut by a kill and is left out.
     *
     * @throws BadInputException if there is no such file, or a line of it is not an event
     */
    public static List<RunEvent> read(Path path) throws IOException, BadInputException {
        return RunFiles.readLines(path, RunEvent.class);
    }
}
