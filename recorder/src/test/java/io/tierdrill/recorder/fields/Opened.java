package io.tierdrill.recorder.fields;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.UnitParser;
import io.tierdrill.recorder.input.Units;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A document read to its end, before anything is sorted or masked.
 *
 * @param records at offsets from 1970
 * @param refused {@code number line:column reason field}
 */
public record Opened(Reading reading, List<RequestRecord> records, List<String> refused) {

    public static Opened of(Format format, String text) throws Exception {
        return of(format, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Opened of(Format format, byte[] bytes) throws Exception {
        byte[] beginning = Arrays.copyOf(bytes, Math.min(bytes.length, Head.MOST_BYTES));
        Head head = new Head("test", beginning, beginning.length < Head.MOST_BYTES);
        Reading reading = format.open(head, new ByteArrayInputStream(bytes), new Server("http", "example.org"));
        Opened opened = new Opened(reading, new ArrayList<>(), new ArrayList<>());
        Units units = reading.units();
        while (units.next()) opened.take(units, reading.parser());
        return opened;
    }

    public RequestRecord only() {
        if (records.size() != 1 || !refused.isEmpty()) throw new AssertionError(this);
        return records.get(0);
    }

    private void take(Units units, UnitParser parser) {
        if (parser.parse(units.bytes(), units.from(), units.to())) {
            records.add(parser.request(parser.epochNanos() - parser.sinceArrivalNanos()));
            return;
        }
        long line = units.line();
        int lineFrom = units.from() - units.column() + 1;
        for (int i = units.from(); i < parser.wrongAt(); i++) {
            if (units.bytes()[i] != '\n') continue;
            line++;
            lineFrom = i + 1;
        }
        String place = line + ":" + (parser.wrongAt() - lineFrom + 1);
        refused.add((units.number() + " " + place + " " + parser.reason().word() + " " + parser.wrongField()).strip());
    }
}
