package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.input.Units;
import java.io.IOException;

/**
 * The rows of a profile, each as often as requests came in it; a row in which none came, and one that cannot be read,
 * once. One thread.
 */
final class RateUnits implements Units {
    /** Half, so that the sum of what was rounded is never off by more than that. */
    private static final double CARRIED_AT_FIRST = 0.5;

    private final CsvRows rows;
    private final CsvHeader header;
    private final CsvTimes times;
    private final long rowNanos;
    private final WholeCounts counts = new WholeCounts(CARRIED_AT_FIRST);
    private long left;
    private boolean empty;

    RateUnits(CsvRows rows, CsvHeader header, CsvTimes times, long rowNanos) {
        this.rows = rows;
        this.header = header;
        this.times = times;
        this.rowNanos = rowNanos;
    }

    @Override
    public boolean next() throws IOException {
        if (left > 0) {
            left--;
            return true;
        }
        empty = false;
        if (!rows.next()) return false;
        try {
            long requests =
                    counts.next(row(rows.bytes(), rows.from(), rows.to()).requests());
            empty = requests == 0;
            left = Math.max(0, requests - 1);
        } catch (Refused unreadable) {
            // The parser refuses it too.
        }
        return true;
    }

    /** A row of this file. */
    RateRow row(byte[] bytes, int from, int to) throws Refused {
        return RateRow.of(header, times, rowNanos, bytes, from, to);
    }

    /** Whether the row that stands is one in which no request came; never behind the end. */
    boolean isEmptyRow() {
        return empty;
    }

    @Override
    public byte[] bytes() {
        return rows.bytes();
    }

    @Override
    public int from() {
        return rows.from();
    }

    @Override
    public int to() {
        return rows.to();
    }

    @Override
    public long number() {
        return rows.number();
    }

    @Override
    public long line() {
        return rows.line();
    }

    @Override
    public boolean tooLong() {
        return rows.tooLong();
    }
}
