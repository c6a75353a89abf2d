package io.tierdrill.recorder.gor;

import io.tierdrill.recorder.fields.DocumentParser;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Recordings of GoReplay. */
public final class GorFormat implements Format {
    private static final Pattern BEGINNING =
            Pattern.compile("^[123] [0-9a-zA-Z_-]+ \\d+( -?\\d+)?[^\\n]*\\n[A-Z]+[ /]");

    private static final Map<String, String> NOTES = Map.of(
            "arrival", "The time before a request: when GoReplay saw its first packet.",
            "clients", "X-Real-IP, else the first of X-Forwarded-For, else all are one: GoReplay keeps no addresses.");

    @Override
    public String word() {
        return "gor";
    }

    @Override
    public String description() {
        return "GoReplay: type, id and time, then the message, then three monkeys";
    }

    @Override
    public String unit() {
        return "record";
    }

    @Override
    public Likeness judge(Head head) {
        String text = new String(head.bytes(), StandardCharsets.ISO_8859_1);
        return BEGINNING.matcher(text).find() ? Likeness.SURE : Likeness.NONE;
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        GorParser parser = new GorParser(server.scheme(), server.authority());
        return new Reading(
                word(),
                new GorUnits(in),
                new DocumentParser(parser::parse, (place, bytes, from, to) -> from),
                Timing.stamped(1),
                NOTES);
    }
}
