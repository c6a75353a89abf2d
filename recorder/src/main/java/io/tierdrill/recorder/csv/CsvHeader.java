package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Refused;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The first row of a file: its separator and which column tells what. Of two columns that tell the same the first
 * counts.
 *
 * @param names as they stand there
 */
record CsvHeader(byte separator, List<String> names, Map<Column, Integer> columns) {
    private static final byte[] SEPARATORS = {',', ';', '\t'};

    static CsvHeader of(byte[] bytes, int from, int to) throws Refused {
        byte separator = separator(bytes, from, to);
        List<String> names = CsvFields.of(bytes, from, to, separator).values();
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            Column.named(names.get(i)).ifPresent(column -> columns.putIfAbsent(column, index));
        }
        return new CsvHeader(separator, names, columns);
    }

    boolean has(Column column) {
        return columns.containsKey(column);
    }

    int index(Column column) {
        return columns.get(column);
    }

    String name(Column column) {
        return names.get(index(column));
    }

    /** Whether its rows are counts from which arrivals are drawn. */
    boolean isRates() {
        return has(Column.TIME) && has(Column.COUNT) && !has(Column.PATH) && !has(Column.CLIENT);
    }

    boolean isArrivals() {
        return has(Column.TIME) && !isRates();
    }

    /** Whether every column has a name that a person would give one, so that it is a header row and not a log line. */
    boolean isAllNamed() {
        return names.stream().allMatch(n -> n.matches("[\\p{L}_][\\p{L}\\p{N}_ .()/%-]{0,60}"));
    }

    /** The one that is most there. */
    private static byte separator(byte[] bytes, int from, int to) {
        byte best = ',';
        int most = 0;
        for (byte candidate : SEPARATORS) {
            int count = 0;
            for (int i = from; i < to; i++) if (bytes[i] == candidate) count++;
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }
}
