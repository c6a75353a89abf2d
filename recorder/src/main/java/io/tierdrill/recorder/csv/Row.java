package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.Refused;
import java.util.List;
import java.util.Optional;

/** One row, its fields by what they tell. */
record Row(CsvHeader header, List<String> values) {

    /** @throws Refused when it has fewer or more fields than the header row */
    static Row of(CsvHeader header, byte[] bytes, int from, int to) throws Refused {
        List<String> values = CsvFields.of(bytes, from, to, header.separator()).values();
        if (values.size() != header.names().size())
            throw new Refused(
                    Flaw.WRONG_COLUMNS,
                    "",
                    values.size() + " instead of " + header.names().size());
        return new Row(header, values);
    }

    /** Empty also where there is no such column. */
    String text(Column column) {
        if (!header.has(column)) return "";
        String text = values.get(header.index(column));
        return text.equals("-") ? "" : text;
    }

    String textOr(Column column, String other) {
        String text = text(column);
        return text.isEmpty() ? other : text;
    }

    /** A whole number; empty where there is none. */
    Optional<Long> amount(Column column) throws Refused {
        String text = text(column);
        if (text.isEmpty()) return Optional.empty();
        Optional<Long> number = HttpWords.size(text);
        if (number.isEmpty()) throw new Refused(Flaw.BAD_NUMBER, place(column), text);
        return number;
    }

    /** The column's name, for refusals. */
    String place(Column column) {
        return header.has(column) ? header.name(column) : "";
    }
}
