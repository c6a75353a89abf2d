package io.tierdrill.recorder.targets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.recorder.fields.DocumentParser;
import io.tierdrill.recorder.fields.JsonElements;
import io.tierdrill.recorder.fields.JsonPlace;
import io.tierdrill.recorder.fields.LongLines;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.input.Units;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lists of what to ask for, without times. */
public enum TargetFormat implements Format {
    /** One object a line, or all in one array; headers by name, the body as text. */
    TARGETS(
            "lists of {\"method\", \"url\", \"headers\", \"body\"}, an array or one a line, as for k6; no times",
            "headers"),
    /** One object a line; headers as lists, the body in base64. */
    VEGETA(
            "vegeta -format=json: {\"method\", \"url\", \"header\": {name: [..]}, \"body\": base64} a line; no times",
            "header");

    private static final int LINES_TO_JUDGE = 20;
    private static final int MOST_BYTES = 16 << 20;
    private static final Map<String, String> NOTES = Map.of("arrival", "Targets tell no times; arrivals were drawn.");

    private final String description;
    private final String headersName;

    TargetFormat(String description, String headersName) {
        this.description = description;
        this.headersName = headersName;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String unit() {
        return "target";
    }

    /** Where neither kind of headers is there, a list of lines is vegeta's and an array is not. */
    @Override
    public Likeness judge(Head head) {
        try {
            Units units = units(head, new ByteArrayInputStream(head.bytes()));
            boolean array = isArray(head);
            int judged = 0;
            int fitting = 0;
            int withHeaders = 0;
            while (judged < LINES_TO_JUDGE && units.next()) {
                boolean cut = !head.whole() && judged > 0 && units.to() > head.bytes().length / 2;
                if (cut || units.from() == units.to()) continue;
                judged++;
                if (Target.is(units.bytes(), units.from(), units.to())) fitting++;
                if (Target.has("headers", units.bytes(), units.from(), units.to())) withHeaders++;
            }
            boolean plain = array || withHeaders > 0;
            return plain == (this == TARGETS) ? new Likeness(fitting, judged) : Likeness.NONE;
        } catch (IOException | BadInputException unlike) {
            return Likeness.NONE;
        }
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        JsonTargetParser parser =
                new JsonTargetParser(this == VEGETA, headersName, server.scheme(), server.authority());
        return new Reading(
                word(), units(head, in), new DocumentParser(parser::parse, JsonPlace::indexOf), Timing.none(), NOTES);
    }

    private static Units units(Head head, InputStream in) {
        return isArray(head) ? new JsonElements(in, List.of(), List.of(), MOST_BYTES) : new LongLines(in, MOST_BYTES);
    }

    private static boolean isArray(Head head) {
        for (byte b : head.bytes()) if (b > ' ') return b == '[';
        return false;
    }
}
