package io.tierdrill.recorder.csv;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.recorder.fields.DocumentParser;
import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A row for each request, with the time it came and what else is known. */
public final class ArrivalsFormat implements Format {

    @Override
    public String word() {
        return "csv";
    }

    @Override
    public String description() {
        return "a row a request, by its header row: time,client,method,path,status,bytes,latency_ms and others";
    }

    @Override
    public String unit() {
        return "row";
    }

    @Override
    public Likeness judge(Head head) {
        try {
            CsvHeader header = CsvOpening.header(head);
            return header.isArrivals() && header.isAllNamed() ? Likeness.SURE : Likeness.NONE;
        } catch (IOException | Refused unlike) {
            return Likeness.NONE;
        }
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) throws IOException, BadInputException {
        CsvOpening csv = CsvOpening.of(head, in, Column.TIME);
        CsvTimes times = csv.times();
        ArrivalRowParser rows = new ArrivalRowParser(csv.header(), times, server.scheme(), server.authority());
        return new Reading(
                word(),
                csv.rows(),
                new DocumentParser(rows::parse, new CsvPlace(csv.header())::indexOf),
                Timing.stamped(times.coarse() ? times.unitNanos() : 1),
                Map.of("times", times.inWords()));
    }
}
