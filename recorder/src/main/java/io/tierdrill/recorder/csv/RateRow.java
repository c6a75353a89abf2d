package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.fields.TimeText;
import java.util.OptionalLong;

/**
 * One row of a profile.
 *
 * @param epochNanos when its stretch begins
 * @param requests how many arrive within; a fraction where a rate says so
 */
record RateRow(long epochNanos, double requests) {
    /** What more than this is said of one row, is a mistake or would fill a disk. */
    static final double MOST_REQUESTS = 100_000_000;

    /** @param rowNanos length of a row's stretch */
    static RateRow of(CsvHeader header, CsvTimes times, long rowNanos, byte[] bytes, int from, int to) throws Refused {
        Row row = Row.of(header, bytes, from, to);
        long time = times.parse(row.text(Column.TIME), row.place(Column.TIME));
        String text = row.text(Column.COUNT);
        if (!TimeText.isNumber(text)) throw new Refused(Flaw.BAD_NUMBER, row.place(Column.COUNT), text);
        double told = Double.parseDouble(text);
        OptionalLong per = ColumnUnit.rate(header.name(Column.COUNT));
        double requests = per.isPresent() ? told * rowNanos / per.getAsLong() : told;
        if (!(requests >= 0) || requests > MOST_REQUESTS)
            throw new Refused(Flaw.BAD_NUMBER, row.place(Column.COUNT), text);
        return new RateRow(time, requests);
    }
}
