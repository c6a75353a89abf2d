package io.tierdrill.scenarios.drill;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How requests fared before, during and after something was taken away. Times are seconds from when it was taken.
 *
 * @param requests that were answered, or failed, after it was taken away
 * @param failed of those
 * @param kinds the failed ones by {@link Outcome} word
 * @param cut of the failed ones, those whose connection ended under them
 * @param detect until the first request failed
 * @param letDown the failed ones, and those that had to wait a second or more for it to come back
 * @param eject until the last one let down was due; empty where nobody was, and where that went on in the last third of
 *     its absence as it had never before
 * @param recover until latency was as before for two seconds in a row, with nobody let down after; empty where it never
 *     was
 * @param answered of those due in the last third of its absence, the share that was answered well before it came back;
 *     empty where it was away for less than five seconds, too short for a health check to help
 * @param p95Micros before it was taken away
 */
record Course(
        long requests,
        long failed,
        Map<String, Long> kinds,
        long cut,
        long letDown,
        Optional<Double> detect,
        Optional<Double> eject,
        Optional<Double> recover,
        Optional<Double> answered,
        double p95Micros) {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONG_ENOUGH = 5 * SECOND;
    private static final double NANOS = 1e9;
    /** Some stacks fail now and then without any drill. */
    private static final double AS_EVER = 2;

    private static final double Q = 0.95;
    private static final double BACK = 1.1;
    private static final double SLACK_MICROS = 2_000;
    private static final Set<Outcome> CUT =
            EnumSet.of(Outcome.CONNECTION_RESET, Outcome.SHORT_READ, Outcome.GOAWAY, Outcome.STREAM_RESET);

    Course {
        kinds = Map.copyOf(kinds);
    }

    /**
     * When what happened.
     *
     * @param awayNanos when it was taken away
     * @param backNanos when it was given back
     * @param endNanos of the measured time
     */
    record Marks(long awayNanos, long backNanos, long endNanos) {
        Marks {
            if (awayNanos < SECOND || backNanos < awayNanos || endNanos < backNanos)
                throw new IllegalArgumentException(
                        "must be in order and a second in, were " + awayNanos + ", " + backNanos + " and " + endNanos);
        }
    }

    static Course of(Iterator<RequestSample> samples, Marks marks) {
        Reading reading = new Reading(marks);
        while (samples.hasNext()) reading.take(samples.next());
        return reading.course();
    }

    /** The samples, as far as they are needed. Belongs to one thread. */
    private static final class Reading {
        private final Marks marks;
        private final List<List<Double>> calm = new ArrayList<>();
        private final List<List<Double>> since = new ArrayList<>();
        private final Map<String, Long> kinds = new TreeMap<>();
        private long requests;
        private long failed;
        private long cut;
        private long letDown;
        private long firstFailure = Long.MAX_VALUE;
        private long lastLetDownDue = Long.MIN_VALUE;
        private final Share before = new Share();
        private final Share lastThird = new Share();

        Reading(Marks marks) {
            this.marks = marks;
        }

        void take(RequestSample sample) {
            if (sample.dueNanos() < 0) return;
            boolean bad = sample.outcome().isError();
            // What fails has no latency that could be as before.
            double micros = bad ? Double.POSITIVE_INFINITY : sample.latencyNanos() / 1e3;
            long sinceNanos = sample.dueNanos() - marks.awayNanos();
            if (sinceNanos >= 0) put(since, sinceNanos, micros);
            // Seconds are counted back from the event, the last one whole and none of them touched by it.
            else if (sample.doneNanos() < marks.awayNanos()) put(calm, -sinceNanos, micros);
            boolean down = bad || waited(sample);
            if (sample.doneNanos() >= marks.awayNanos()) count(sample, bad, down);
            else before.take(down);
            if (isInLastThird(sample.dueNanos())) lastThird.take(down);
        }

        /** Answered, but only when it was back: as a rule, because it was. */
        private boolean waited(RequestSample sample) {
            return sample.doneNanos() >= marks.backNanos() && sample.dueNanos() < marks.backNanos() - SECOND;
        }

        private boolean isInLastThird(long due) {
            long from = marks.backNanos() - (marks.backNanos() - marks.awayNanos()) / 3;
            return awayForLong() && due >= from && due < marks.backNanos() - SECOND;
        }

        private boolean awayForLong() {
            return marks.backNanos() - marks.awayNanos() >= LONG_ENOUGH;
        }

        private static void put(List<List<Double>> seconds, long nanos, double micros) {
            int second = (int) (nanos / SECOND);
            while (seconds.size() <= second) seconds.add(new ArrayList<>());
            seconds.get(second).add(micros);
        }

        private void count(RequestSample sample, boolean bad, boolean down) {
            requests++;
            if (down) {
                letDown++;
                lastLetDownDue = Math.max(lastLetDownDue, sample.dueNanos());
            }
            if (!bad) return;
            failed++;
            kinds.merge(sample.outcome().word(), 1L, Long::sum);
            if (CUT.contains(sample.outcome())) cut++;
            firstFailure = Math.min(firstFailure, sample.doneNanos());
        }

        Course course() {
            List<Double> all = calm.stream().flatMap(List::stream).toList();
            double calmly = quantile(all);
            double worst = calm.stream()
                    .mapToDouble(Reading::quantile)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(calmly);
            return new Course(
                    requests,
                    failed,
                    kinds,
                    cut,
                    letDown,
                    failed == 0 ? Optional.empty() : Optional.of(seconds(firstFailure)),
                    eject(),
                    recover(Math.max(worst, Math.max(BACK * calmly, calmly + SLACK_MICROS))),
                    lastThird.all == 0 ? Optional.empty() : Optional.of(1 - lastThird.ratio()),
                    calmly);
        }

        private Optional<Double> eject() {
            boolean goesOn = lastThird.ratio() > AS_EVER * before.ratio();
            return letDown == 0 || goesOn ? Optional.empty() : Optional.of(Math.max(0, seconds(lastLetDownDue)));
        }

        private double seconds(long nanos) {
            return (nanos - marks.awayNanos()) / NANOS;
        }

        /** The last second of the run may be half a one. */
        private Optional<Double> recover(double asBefore) {
            int whole = (int) Math.min(since.size(), (marks.endNanos() - marks.awayNanos()) / SECOND);
            int from = letDown == 0 ? 0 : (int) Math.max(0, Math.ceil(seconds(lastLetDownDue)));
            for (int s = from; s + 1 < whole; s++)
                if (isBack(since.get(s), asBefore) && isBack(since.get(s + 1), asBefore))
                    return Optional.of((double) s);
            return Optional.empty();
        }

        private static boolean isBack(List<Double> micros, double asBefore) {
            return !micros.isEmpty() && quantile(micros) <= asBefore;
        }

        private static double quantile(List<Double> values) {
            if (values.isEmpty()) return 0;
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            return sorted.get((int) Math.max(0, Math.ceil(Q * sorted.size()) - 1));
        }
    }

    /** How many of how many were let down. */
    private static final class Share {
        private long all;
        private long down;

        void take(boolean letDown) {
            all++;
            if (letDown) down++;
        }

        double ratio() {
            return all == 0 ? 0 : (double) down / all;
        }
    }
}
