package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.stats.Mser5;
import io.tierdrill.analysis.stats.Sorted;
import io.tierdrill.analysis.text.Figures;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a run had settled: a stack that is still warming up for most of a run says little of the night it is rehearsed
 * for. A remark and no more, and none where the load itself changed or where the p99 is broken anyway: a load that
 * changes on purpose never settles, and neither does a stack that is given more than it holds (decision 040).
 */
final class SteadyRule {
    /** So many requests make one value of the series, their median: a single slow one says nothing. */
    private static final int EACH = 20;

    private static final int MOST_VALUES = 500;
    private static final int FEWEST_VALUES = 100;
    private static final double MATTERS = 1.2;

    private SteadyRule() {}

    static Optional<String> ask(Facts facts) {
        if (facts.latencies().count() < EACH * FEWEST_VALUES
                || facts.latencies().low(0.99) > facts.objective().p99Nanos()) return Optional.empty();
        long[][] due = inOrder(facts.run().requests());
        Mser5 cut = Mser5.of(medians(due));
        double ratio = Math.max(cut.before(), cut.after()) / Math.max(1, Math.min(cut.before(), cut.after()));
        if (cut.settles() || ratio < MATTERS || loadChanged(cut, due, facts)) return Optional.empty();
        return Optional.of("not steady: the last " + Figures.wholePercent(1 - (double) cut.cut() / cut.length())
                + " of the run are unlike what was before (median " + Figures.micros(cut.after() / 1e3) + " against "
                + Figures.micros(cut.before() / 1e3) + ")");
    }

    /** Whether more was asked, or less, behind the cut than before it. */
    private static boolean loadChanged(Mser5 cut, long[][] due, Facts facts) {
        double part = (double) cut.cut() / cut.length();
        double seconds = due[(int) (part * due.length)][0] / 1e9;
        double rest = facts.measuredNanos() / 1e9 - seconds;
        if (seconds <= 0 || rest <= 0) return true;
        double before = part * due.length / seconds;
        double after = (1 - part) * due.length / rest;
        return Math.max(before, after) > MATTERS * Math.min(before, after);
    }

    /** Due time and latency of each request, in the order in which they were due. */
    private static long[][] inOrder(Requests requests) {
        long[][] due = new long[requests.count()][];
        for (int i = 0; i < due.length; i++) due[i] = new long[] {requests.dueNanos(i), requests.latencyNanos(i)};
        Arrays.sort(due, (a, b) -> Long.compare(a[0], b[0]));
        return due;
    }

    /** Of equally many requests each. */
    private static double[] medians(long[][] due) {
        int values = Math.min(MOST_VALUES, due.length / EACH);
        double[] medians = new double[values];
        for (int v = 0; v < values; v++) {
            int from = (int) ((long) v * due.length / values);
            int to = (int) ((long) (v + 1) * due.length / values);
            long[] some = new long[to - from];
            for (int i = from; i < to; i++) some[i - from] = due[i][1];
            medians[v] = Sorted.of(some).quantile(0.5);
        }
        return medians;
    }
}
