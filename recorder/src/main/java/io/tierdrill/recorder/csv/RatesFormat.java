package io.tierdrill.recorder.csv;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
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
import java.util.Optional;

/**
 * A row for each second or minute, with how many requests came in it. They are drawn: as many as the row says, evenly and
 * without regard to each other over its stretch, which is a Poisson process under the condition that its counts are these
 * (Ross, Introduction to Probability Models, 5.3.5).
 */
public final class RatesFormat implements Format {

    @Override
    public String word() {
        return "csv-rates";
    }

    @Override
    public String description() {
        return "a row a second or minute, by its header row: time,requests or minute,rps; arrivals are drawn";
    }

    @Override
    public String unit() {
        return "arrival";
    }

    @Override
    public Likeness judge(Head head) {
        try {
            CsvHeader header = CsvOpening.header(head);
            return header.isRates() && header.isAllNamed() ? Likeness.SURE : Likeness.NONE;
        } catch (IOException | Refused unlike) {
            return Likeness.NONE;
        }
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) throws IOException, BadInputException {
        CsvOpening csv = CsvOpening.of(head, in, Column.TIME, Column.COUNT);
        CsvTimes times = csv.times();
        long rowNanos =
                RowLength.of(times, csv.column(Column.TIME)).orElseThrow(() -> new BadInputException(oneRow(head)));
        RateUnits units = new RateUnits(csv.rows(), csv.header(), times, rowNanos);
        RateRowParser parser = new RateRowParser(units, server.scheme(), server.authority());
        return new Reading(
                word(),
                units,
                new DocumentParser(parser::parse, new CsvPlace(csv.header())::indexOf),
                Timing.stamped(rowNanos),
                notes(times, rowNanos, csv.header()));
    }

    private static Map<String, String> notes(CsvTimes times, long rowNanos, CsvHeader header) {
        Optional<Long> per =
                ColumnUnit.rate(header.name(Column.COUNT)).stream().boxed().findFirst();
        String counts = per.map(p -> "a rate per " + p / 1e9 + " s").orElse("a number per row");
        return Map.of(
                "times",
                times.inWords(),
                "rates",
                "A row stands for " + rowNanos / 1e9 + " s; column " + header.name(Column.COUNT) + " is " + counts
                        + ". Fractions are carried from row to row.");
    }

    private static Problem oneRow(Head head) {
        return new Problem(
                head.name(),
                "",
                "its rows do not tell how long each of them lasts",
                "At least two rows with times that differ are needed; the least distance between two that follow each"
                        + " other is the length of all.");
    }
}
