package io.tierdrill.recorder.csv;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.recorder.fields.Arrival;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.Refused;
import java.util.List;
import java.util.Optional;

/** Makes one of the requests that a row of a profile stands for: a plain {@code GET /}. One thread. */
final class RateRowParser {
    private final RateUnits rows;
    private final RequestRecord request;

    RateRowParser(RateUnits rows, String scheme, String authority) {
        this.rows = rows;
        this.request = new RequestRecord(
                0, "csv", "", "", scheme, "GET", authority, "/", List.of(), Body.none(), Optional.empty());
    }

    Arrival parse(byte[] bytes, int from, int to) throws Refused {
        RateRow row = rows.row(bytes, from, to);
        if (rows.isEmptyRow()) throw new Refused(Flaw.NO_ARRIVALS, "", "");
        return new Arrival(row.epochNanos(), request);
    }
}
