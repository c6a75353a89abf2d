package io.tierdrill.recorder.csv;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.Arrival;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpUrl;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.KeptBody;
import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.fields.TimeText;
import java.util.List;
import java.util.Optional;

/** Makes the request of one row of arrivals; what no column tells is as plain as can be. Stateless. */
final class ArrivalRowParser {
    private static final String ONLY_CLIENT = "csv";
    /** Of durations in columns whose names tell no unit. */
    private static final long MILLISECOND = 1_000_000;

    private final CsvHeader header;
    private final CsvTimes times;
    private final String scheme;
    private final String authority;

    /** Scheme and authority stand in where no column tells them. */
    ArrivalRowParser(CsvHeader header, CsvTimes times, String scheme, String authority) {
        this.header = header;
        this.times = times;
        this.scheme = scheme;
        this.authority = authority;
    }

    Arrival parse(byte[] bytes, int from, int to) throws Refused {
        Row row = Row.of(header, bytes, from, to);
        long time = times.parse(row.text(Column.TIME), row.place(Column.TIME));
        HttpUrl url = HttpUrl.of(row.text(Column.PATH), scheme(row), authority(row), row.place(Column.PATH));
        String user = row.text(Column.USER);
        return new Arrival(
                time,
                new RequestRecord(
                        0,
                        row.textOr(Column.CLIENT, user.isEmpty() ? ONLY_CLIENT : user),
                        row.text(Column.CONNECTION),
                        user,
                        url.scheme(),
                        HttpWords.method(row.textOr(Column.METHOD, "GET"), row.place(Column.METHOD)),
                        url.authority(),
                        url.path(),
                        List.of(),
                        KeptBody.ofSize(row.amount(Column.REQUEST_BYTES).orElse(0L)),
                        response(row)));
    }

    private String authority(Row row) throws Refused {
        String told = row.text(Column.AUTHORITY);
        if (told.isEmpty()) return authority;
        if (!HttpUrl.isAuthority(told)) throw new Refused(Flaw.BAD_URL, row.place(Column.AUTHORITY), told);
        return told;
    }

    private String scheme(Row row) throws Refused {
        String told = row.textOr(Column.SCHEME, scheme);
        if (!told.equals("http") && !told.equals("https"))
            throw new Refused(Flaw.BAD_URL, row.place(Column.SCHEME), told);
        return told;
    }

    /** A row that tells sizes or durations but no status tells of a success. */
    private Optional<Response> response(Row row) throws Refused {
        Optional<Long> bytes = row.amount(Column.BYTES);
        Optional<Long> latency = latency(row);
        String status = row.text(Column.STATUS);
        if (status.isEmpty() && bytes.isEmpty() && latency.isEmpty()) return Optional.empty();
        if (!status.isEmpty() && !status.matches("[1-5]\\d\\d"))
            throw new Refused(Flaw.BAD_STATUS, row.place(Column.STATUS), status);
        return Optional.of(new Response(status.isEmpty() ? 200 : Integer.parseInt(status), bytes, latency));
    }

    private Optional<Long> latency(Row row) throws Refused {
        String text = row.text(Column.LATENCY);
        if (text.isEmpty()) return Optional.empty();
        String place = row.place(Column.LATENCY);
        long unit = ColumnUnit.length(header.name(Column.LATENCY)).orElse(MILLISECOND);
        if (!TimeText.isNumber(text) || text.startsWith("-")) throw new Refused(Flaw.BAD_NUMBER, place, text);
        return Optional.of(TimeText.number(text, unit, place));
    }
}
