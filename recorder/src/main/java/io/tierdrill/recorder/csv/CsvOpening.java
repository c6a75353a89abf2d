package io.tierdrill.recorder.csv;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.input.Head;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A file whose header row has been read.
 *
 * @param rows behind it
 * @param samples fields of the first rows, those that cannot be read left out
 */
record CsvOpening(CsvHeader header, CsvRows rows, List<List<String>> samples) {
    private static final int MOST_SAMPLES = 200;

    /** Reads the header row of the head. */
    static CsvHeader header(Head head) throws IOException, Refused {
        return header(CsvRows.of(head));
    }

    /** @throws BadInputException when the first row names no such columns */
    static CsvOpening of(Head head, InputStream in, Column... needed) throws IOException, BadInputException {
        try {
            CsvRows rows = new CsvRows(in);
            CsvHeader header = header(rows);
            for (Column column : needed)
                if (!header.has(column)) throw new BadInputException(missing(head, rows, header, column));
            return new CsvOpening(header, rows, samples(head, header));
        } catch (Refused refused) {
            throw new BadInputException(new Problem(
                    head.name() + ":1:1",
                    "",
                    "the header row cannot be read: " + refused.flaw().reason().meaning(),
                    "Its first row names the columns, such as: time,method,path,status"));
        }
    }

    /** How its times are written. */
    CsvTimes times() {
        return CsvTimes.of(header.name(Column.TIME), column(Column.TIME));
    }

    /** The first values of a column. */
    List<String> column(Column column) {
        int index = header.index(column);
        return samples.stream().map(s -> s.get(index)).toList();
    }

    /** The first row that is no remark. */
    private static CsvHeader header(CsvRows rows) throws IOException, Refused {
        while (rows.next()) {
            boolean remark = rows.from() == rows.to() || rows.bytes()[rows.from()] == '#';
            if (!remark) return CsvHeader.of(rows.bytes(), rows.from(), rows.to());
        }
        return CsvHeader.of(new byte[0], 0, 0);
    }

    private static List<List<String>> samples(Head head, CsvHeader header) throws IOException, Refused {
        CsvRows rows = CsvRows.of(head);
        header(rows);
        List<List<String>> samples = new ArrayList<>();
        while (samples.size() < MOST_SAMPLES && rows.next()) {
            try {
                samples.add(Row.of(header, rows.bytes(), rows.from(), rows.to()).values());
            } catch (Refused counted) {
                // The import will say so.
            }
        }
        return samples;
    }

    private static Problem missing(Head head, CsvRows rows, CsvHeader header, Column column) {
        return new Problem(
                head.name() + ":" + Math.max(1, rows.line()) + ":1",
                "",
                "no column tells the " + column.word() + "; the header row names " + String.join(", ", header.names()),
                "Name one of them " + column.example() + " or the like.");
    }
}
