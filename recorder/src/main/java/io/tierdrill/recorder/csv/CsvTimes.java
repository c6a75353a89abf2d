package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.fields.TimeText;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a file writes its times, told by the column's name and the first rows: ISO 8601, or numbers since 1970 or since a
 * zero of their own.
 *
 * @param unitNanos of numbers
 * @param coarse whether only whole stretches of the unit are told
 * @param ownZero whether numbers count from the beginning of the trace, not from 1970
 */
record CsvTimes(long unitNanos, boolean coarse, boolean ownZero) {
    private static final long SECOND = 1_000_000_000L;
    /** Before March 1973, when no one logged the web. */
    private static final long FIRST_EPOCH_SECOND = 100_000_000L;

    /** @param samples values of the first rows, wrong ones among them */
    static CsvTimes of(String columnName, List<String> samples) {
        List<String> numbers = samples.stream().filter(TimeText::isNumber).toList();
        if (numbers.isEmpty()) {
            boolean fractions = samples.stream().anyMatch(s -> s.indexOf('.') >= 0);
            return new CsvTimes(SECOND, !fractions, false);
        }
        OptionalLong named = ColumnUnit.length(columnName);
        long unit = named.orElseGet(() -> TimeText.guessedUnit(numbers.get(0)));
        double first = Double.parseDouble(numbers.get(0)) * unit / SECOND;
        boolean whole = numbers.stream().noneMatch(n -> n.indexOf('.') >= 0);
        return new CsvTimes(unit, whole && unit >= SECOND, Math.abs(first) < FIRST_EPOCH_SECOND);
    }

    long parse(String text, String place) throws Refused {
        return TimeText.isNumber(text) ? TimeText.number(text, unitNanos, place) : TimeText.iso(text, place);
    }

    /** For the trace's notes. */
    String inWords() {
        String zero = ownZero
                ? "Times count from a zero of the file's own, which stands for 1970."
                : "Times are of the calendar.";
        return coarse ? zero + " They tell whole stretches of " + unitNanos / SECOND + " s only." : zero;
    }
}
