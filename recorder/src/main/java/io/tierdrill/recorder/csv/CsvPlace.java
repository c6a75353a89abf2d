package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Refused;

/** Where in a row the field of a column begins. */
record CsvPlace(CsvHeader header) {

    /** Index in the array; the row's beginning where there is no such field. */
    int indexOf(String column, byte[] bytes, int from, int to) {
        int index = header.names().indexOf(column);
        try {
            CsvFields fields = CsvFields.of(bytes, from, to, header.separator());
            return index < 0 || index >= fields.starts().size()
                    ? from
                    : fields.starts().get(index);
        } catch (Refused unreadable) {
            return from;
        }
    }
}
