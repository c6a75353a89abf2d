package io.tierdrill.recorder.targets;

import io.tierdrill.recorder.fields.DocumentParser;
import io.tierdrill.recorder.fields.JsonPlace;
import io.tierdrill.recorder.fields.LongLines;
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

/** What {@code k6 run --out json=FILE} wrote of a test: a line a point. */
public final class K6Format implements Format {
    private static final Pattern LINE = Pattern.compile(
            "^\\s*\\{(?=[^\\n]*\"metric\"\\s*:)(?=[^\\n]*\"type\"\\s*:\\s*\"(Metric|Point)\")(?=[^\\n]*\"data\"\\s*:)");
    private static final Pattern DURATIONS = Pattern.compile("\"metric\"\\s*:\\s*\"" + K6PointParser.DURATIONS + "\"");
    private static final int MOST_LINE_BYTES = 1 << 20;

    @Override
    public String word() {
        return "k6";
    }

    @Override
    public String description() {
        return "k6 run --out json: {\"metric\":\"http_reqs\",\"type\":\"Point\",\"data\":{...}} a line";
    }

    @Override
    public Likeness judge(Head head) {
        return LINE.matcher(text(head)).find() ? Likeness.SURE : Likeness.NONE;
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        boolean durations = DURATIONS.matcher(text(head)).find();
        K6PointParser points = new K6PointParser(durations ? K6PointParser.DURATIONS : K6PointParser.REQUESTS);
        return new Reading(
                word(),
                new LongLines(in, MOST_LINE_BYTES),
                new DocumentParser(points::parse, JsonPlace::indexOf),
                Timing.stamped(1),
                Map.of("arrival", arrival(durations)));
    }

    private static String arrival(boolean durations) {
        return durations
                ? "k6 stamps a request when it ends; the duration of its http_req_duration point was taken off."
                : "k6 stamps a request when it ends; without points of http_req_duration that is all there is.";
    }

    private static String text(Head head) {
        return new String(head.bytes(), StandardCharsets.ISO_8859_1);
    }
}
