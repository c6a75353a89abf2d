package io.tierdrill.recorder.har;

import io.tierdrill.recorder.fields.DocumentParser;
import io.tierdrill.recorder.fields.JsonElements;
import io.tierdrill.recorder.fields.JsonPlace;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** HTTP archives: what browsers and proxies save of a session. */
public final class HarFormat implements Format {
    private static final Pattern BEGINNING = Pattern.compile("^(\\xEF\\xBB\\xBF)?\\s*\\{\\s*\"log\"\\s*:\\s*\\{");
    private static final List<String> ENTRIES = List.of("log", "entries");
    /** The text of responses is most of an archive and of no use here. */
    private static final List<String> RESPONSE_TEXT = List.of("response", "content", "text");

    private static final int MOST_ENTRY_BYTES = 16 << 20;
    private static final long MILLISECOND = 1_000_000;

    private static final Map<String, String> NOTES = Map.of(
            "arrival", "startedDateTime of an entry, when the browser began with it.",
            "latency", "send, wait and receive of an entry's timings; its time where one of them is not told.",
            "sessions", "All entries of an archive are of one client and user, named after a digest of its beginning.");

    @Override
    public String word() {
        return "har";
    }

    @Override
    public String description() {
        return "HTTP archive 1.2 of browsers and proxies: {\"log\": {\"entries\": [...]}}";
    }

    @Override
    public String unit() {
        return "exchange";
    }

    @Override
    public Likeness judge(Head head) {
        String text = new String(head.bytes(), StandardCharsets.ISO_8859_1);
        return BEGINNING.matcher(text).find() ? Likeness.SURE : Likeness.NONE;
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        HarEntryParser entries = new HarEntryParser(SessionKey.of(head.bytes()));
        return new Reading(
                word(),
                new JsonElements(in, ENTRIES, RESPONSE_TEXT, MOST_ENTRY_BYTES),
                new DocumentParser(entries::parse, JsonPlace::indexOf),
                Timing.stamped(MILLISECOND),
                NOTES);
    }
}
