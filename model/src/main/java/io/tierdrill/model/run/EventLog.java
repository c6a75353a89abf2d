package io.tierdrill.model.run;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.RunEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads {@code events.jsonl}. Safe from any thread; each line is on its way to the disk when the call ends. */
public final class EventLog implements Consumer<RunEvent>, AutoCloseable {
    private static final JsonMapper LINE = RunJson.line();

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
            out.write(LINE.writeValueAsString(event));
            out.write('\n');
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
        if (!Files.isRegularFile(path)) throw RunFiles.missing(path);
        String text = Files.readString(path);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        List<RunEvent> events = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) events.add(event(lines.get(i), path + ":" + (i + 1)));
        return List.copyOf(events);
    }

    private static RunEvent event(String line, String where) throws BadInputException {
        try {
            RunEvent event = LINE.readValue(line, RunEvent.class);
            if (event != null) return event;
            throw new BadInputException(RunFiles.foreign(where, RunEvent.class, "holds null"));
        } catch (JacksonException wrong) {
            throw new BadInputException(RunFiles.foreign(where, RunEvent.class, RunFiles.found(wrong)));
        }
    }
}
