package io.tierdrill.recorder.inspect;

import io.tierdrill.model.statistics.TraceStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests over time as bars of characters, a few rows high. Buckets are joined in whole numbers to fit the width.
 *
 * @param secondsPerColumn time one column stands for
 * @param top requests of the highest column
 * @param rows from the top down
 */
record RatePlot(double secondsPerColumn, long top, List<String> rows) {
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final String ASCII = " ..::||##";

    static RatePlot of(TraceStatistics.RateOverTime rate, int width, int height, boolean unicode) {
        int join = Math.max(1, (rate.requests().size() + width - 1) / width);
        long[] columns = new long[(rate.requests().size() + join - 1) / join];
        for (int i = 0; i < rate.requests().size(); i++)
            columns[i / join] += rate.requests().get(i);
        long top = 0;
        for (long column : columns) top = Math.max(top, column);
        List<String> rows = new ArrayList<>();
        for (int row = height - 1; row >= 0; row--) rows.add(row(columns, top, row, height, unicode ? BLOCKS : ASCII));
        return new RatePlot(rate.bucketSeconds() * join, top, rows);
    }

    private static String row(long[] columns, long top, int row, int height, String marks) {
        StringBuilder line = new StringBuilder();
        for (long column : columns) line.append(marks.charAt(eighths(column, top, row, height)));
        return line.toString().stripTrailing();
    }

    /** How much of this row the column fills; whatever is not zero shows at least a trace in the lowest row. */
    private static int eighths(long column, long top, int row, int height) {
        if (column == 0) return 0;
        long filled = Math.round((double) column / top * height * 8);
        if (row == 0) filled = Math.max(1, filled);
        return (int) Math.max(0, Math.min(8, filled - row * 8L));
    }
}
