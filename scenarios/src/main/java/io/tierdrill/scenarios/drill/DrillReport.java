package io.tierdrill.scenarios.drill;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack bore and what it did not.
 *
 * @param perSecond the load it was drilled at
 * @param complete whether all that was planned was tried; not so where somebody asked for the end
 * @param singlePoints components without which nothing was answered
 * @param skipped what was not tried, with the reason
 * @param remarks what went otherwise than planned
 */
public record DrillReport(
        double perSecond,
        boolean complete,
        List<Result> drills,
        List<String> singlePoints,
        List<String> skipped,
        List<String> remarks) {
    public DrillReport {
        drills = List.copyOf(drills);
        singlePoints = List.copyOf(singlePoints);
        skipped = List.copyOf(skipped);
        remarks = List.copyOf(remarks);
    }

    /**
     * Somebody's health check found the component ill.
     *
     * @param by who: an instance of the tier in front
     * @param seconds from the act; tiers are asked once a second, so that it may have been up to one earlier
     */
    public record Ejection(String by, double seconds) {}

    /** How it ended, the worst that is true. */
    public enum Ending {
        /** The measurement gave out, or it could not be done. */
        UNKNOWN,
        /** Nothing was answered until it came back. */
        SINGLE_POINT,
        /** Requests went on failing until it came back. */
        NOT_EJECTED,
        /** Nobody failed any more, but it was never as quick as before. */
        NOT_RECOVERED,
        /** Some or none failed, and then all was as before. */
        BORNE;

        /** As told to people: {@code single point}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One component, one act. Times are seconds from the act.
     *
     * @param run the run folder
     * @param requests answered or failed after it
     * @param failed of those
     * @param kinds the failed ones by outcome
     * @param cut of the failed ones, those whose connection ended under them
     * @param letDown the failed ones, and those that had to wait a second or more for it to come back
     * @param connections open to the component at that moment, where it counts them (L3, L4)
     * @param detectSeconds until the first request failed
     * @param ejectSeconds until the last one let down was due; empty where nobody was, or it went on to the end
     * @param recoverSeconds until p95 was as before for two seconds in a row; empty where it never was
     * @param answered share answered well in the last third of its absence
     * @param ejections whose health checks found it ill, and when
     * @param sentence for people
     */
    public record Result(
            String component,
            String action,
            String run,
            Ending ending,
            long requests,
            long failed,
            Map<String, Long> kinds,
            long cut,
            long letDown,
            Optional<Long> connections,
            Optional<Double> detectSeconds,
            Optional<Double> ejectSeconds,
            Optional<Double> recoverSeconds,
            Optional<Double> answered,
            double p95BeforeMicros,
            List<Ejection> ejections,
            String sentence) {
        public Result {
            kinds = Map.copyOf(kinds);
            ejections = List.copyOf(ejections);
        }
    }
}
