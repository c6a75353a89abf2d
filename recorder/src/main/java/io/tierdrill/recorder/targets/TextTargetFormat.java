package io.tierdrill.recorder.targets;

import io.tierdrill.recorder.fields.DocumentParser;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** vegeta's plain targets: method and URL on a line, headers and the file of a body on the lines below. No times. */
public final class TextTargetFormat implements Format {
    private static final int LINES_TO_JUDGE = 20;
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern TARGET = Pattern.compile("^[ \\t]*[A-Z]+[ \\t]+https?://\\S+[ \\t]*(\\n|$)");
    private static final Map<String, String> NOTES = Map.of("arrival", "Targets tell no times; arrivals were drawn.");

    @Override
    public String word() {
        return "vegeta-http";
    }

    @Override
    public String description() {
        return "vegeta's default: GET http://... on a line, below it headers and @file of a body; no times";
    }

    @Override
    public String unit() {
        return "target";
    }

    @Override
    public Likeness judge(Head head) {
        TargetBlocks blocks = new TargetBlocks(new ByteArrayInputStream(head.bytes()), MOST_BYTES);
        int judged = 0;
        int fitting = 0;
        try {
            for (; judged < LINES_TO_JUDGE && blocks.next(); judged++) if (isTarget(blocks)) fitting++;
        } catch (IOException impossible) {
            return Likeness.NONE;
        }
        return new Likeness(fitting, judged);
    }

    private static boolean isTarget(TargetBlocks blocks) {
        String text = new String(blocks.bytes(), 0, blocks.to(), StandardCharsets.ISO_8859_1);
        return TARGET.matcher(text).find();
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        TextTargetParser parser = new TextTargetParser(server.scheme(), server.authority());
        return new Reading(
                word(),
                new TargetBlocks(in, MOST_BYTES),
                new DocumentParser(parser::parse, TextTargetParser::indexOf, parser::remarks),
                Timing.none(),
                NOTES);
    }
}
