package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.imports.Formats;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.UnitParser;
import io.tierdrill.recorder.input.Units;
import io.tierdrill.recorder.json.JsonFormat;
import io.tierdrill.recorder.json.Mapping;
import io.tierdrill.recorder.template.TemplateFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every form of input, each with seeds of its own, read through the seam of all imports and without a file. A unit that
 * is a request is the same request when its bytes are copied elsewhere and parsed again, as the import does; one that is
 * none says why and where. Whoever adds a format to {@link Formats} and no seeds to {@link FormatSeeds} is told.
 *
 * <p>{@code log-format} and {@code json-map} take the description of a form from the first line of the input.
 */
final class FormatTargets {
    private static final Server SERVER = new Server("https", "shop.example");
    /** A row of a profile stands for millions of requests; a few show what the others are. */
    private static final int MOST_UNITS = 500;

    private static final long MOST_NANOS = 7_289_654_400L * 1_000_000_000L;

    private FormatTargets() {}

    static List<FuzzTarget> all() {
        List<FuzzTarget> targets = new ArrayList<>();
        for (Format format : Formats.all())
            targets.add(target(format.word(), FormatSeeds.of(format.word()), input -> read(format, input)));
        targets.add(target("log-format", FormatSeeds.LOG_FORMATS, FormatTargets::readTemplate));
        targets.add(target("json-map", FormatSeeds.JSON_MAPS, FormatTargets::readMapping));
        return targets;
    }

    private static FuzzTarget target(String name, List<byte[]> seeds, Parser parser) {
        return new FuzzTarget(name, 4096, Allowance.of(65_536, 20_000), seeds, parser);
    }

    private static void readTemplate(byte[] input) throws IOException {
        int end = firstLine(input);
        try {
            read(
                    TemplateFormat.of(text(input, end)),
                    Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
        } catch (BadInputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    private static void readMapping(byte[] input) throws IOException {
        int end = firstLine(input);
        try {
            Format format = JsonFormat.of(Mapping.of(text(input, end)));
            read(format, Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
        } catch (BadInputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    private static int firstLine(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') end++;
        return end;
    }

    private static String text(byte[] input, int end) {
        return new String(input, 0, end, StandardCharsets.UTF_8);
    }

    private static void read(Format format, byte[] input) throws IOException {
        Head head = new Head("fuzz.log", input, true);
        Likeness likeness = format.judge(head);
        assertThat(likeness.share()).isBetween(0.0, 1.0);
        try {
            readUnits(format.open(head, new ByteArrayInputStream(input), SERVER), input.length);
        } catch (BadInputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    private static void readUnits(Reading reading, int most) throws IOException, BadInputException {
        Units units = reading.units();
        for (int i = 0; i < MOST_UNITS && units.next(); i++) {
            assertThat(units.number()).isBetween(1L, most + 1L);
            assertThat(units.line()).isBetween(1L, most + 1L);
            assertThat(units.from()).isBetween(0, units.to());
            assertThat(units.to()).isLessThanOrEqualTo(units.bytes().length);
            if (!units.tooLong()) parse(reading, units);
        }
    }

    private static void parse(Reading reading, Units units) {
        UnitParser parser = reading.parser();
        int from = units.from();
        int to = units.to();
        if (!parser.parse(units.bytes(), from, to)) {
            assertThat(parser.reason()).isNotNull();
            assertThat(parser.wrongAt()).isBetween(from, to);
            assertThat(parser.wrongField()).isNotNull();
            return;
        }
        if (reading.timing().tellsTimes()) {
            assertThat(parser.epochNanos()).isBetween(0L, MOST_NANOS);
            assertThat(parser.sinceArrivalNanos()).isNotNegative();
        }
        RequestRecord request = parser.request(7);
        TraceFiles.assertFitForReplay(request);
        assertThat(request.offsetNanos()).isEqualTo(7);
        byte[] elsewhere = new byte[to - from + 8];
        Arrays.fill(elsewhere, (byte) '"');
        System.arraycopy(units.bytes(), from, elsewhere, 5, to - from);
        assertThat(parser.parse(elsewhere, 5, 5 + to - from)).isTrue();
        assertThat(parser.request(7)).isEqualTo(request);
    }
}
