package io.tierdrill.recorder.json;

import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.line.FirstLines;
import io.tierdrill.recorder.line.LineReader;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A log whose lines are JSON objects. */
public final class JsonFormat implements Format {
    private static final long SECOND = 1_000_000_000;
    private static final Server NOBODY = new Server("http", "");

    private final String word;
    private final String description;
    private final Mapping mapping;

    JsonFormat(String word, String description, Mapping mapping) {
        this.word = word;
        this.description = description;
        this.mapping = mapping;
    }

    /** Those that need no mapping. */
    public static List<JsonFormat> known() {
        return KnownMappings.all();
    }

    /** As the user maps it. */
    public static JsonFormat of(Mapping mapping) {
        return new JsonFormat("json", "as given with --map", mapping);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Likeness judge(Head head) {
        return FirstLines.judge(head, new JsonLine(mapping, NOBODY));
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        String rule = mapping.logged() == Logged.END
                ? word + ": the time logged is that of the end; the duration was taken off it where one is logged."
                : word + ": the time logged is that of the arrival.";
        return new Reading(
                word, new LineReader(in), new JsonLine(mapping, server), timing(head), Map.of("arrival", rule));
    }

    /** By the finest of the first lines. */
    private Timing timing(Head head) {
        JsonLine line = new JsonLine(mapping, NOBODY);
        long[] finest = {SECOND};
        FirstLines.judge(head, line, () -> {
            finest[0] = Math.min(finest[0], line.resolution());
            return true;
        });
        return Timing.stamped(finest[0]);
    }
}
