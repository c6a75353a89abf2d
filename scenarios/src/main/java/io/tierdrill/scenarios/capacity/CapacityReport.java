package io.tierdrill.scenarios.capacity;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.capacity.Demand;
import io.tierdrill.analysis.capacity.Forecast;
import io.tierdrill.analysis.capacity.RateInterval;
import io.tierdrill.analysis.capacity.Step;
import io.tierdrill.analysis.capacity.UniversalScalability;
import java.util.List;
import java.util.Optional;

/**
 * What a study found. Rates are requests a second, intervals hold 90 %.
 *
 * @param verdict of the lowest rate that broke, with the search and the experiment in it; of the highest that held where
 *     none broke
 * @param slo the highest rate at which every promise is kept; empty where nothing of the stack broke
 * @param atLeastPerSecond the highest rate that was seen to hold, 0 where none was
 * @param saturation what is answered well at most, however much is asked
 * @param recovery what happened when an overload ended
 * @param lost with one instance less of each tier that has more than one
 * @param alone the tiers that have one instance: without it nothing is answered
 * @param forecast whether the expected peak will be held
 * @param demands what a request costs of each limit, from the two probes, the scarcest first
 * @param scaling over the instance counts that were asked for
 * @param profiling what the profiles cost, where any were taken; the verdict links them
 * @param resolution the smallest overload, as a share, that a step could see
 * @param remarks what went otherwise than planned
 */
public record CapacityReport(
        Verdict verdict,
        Optional<RateInterval> slo,
        double atLeastPerSecond,
        Optional<RateInterval> saturation,
        Optional<Recovery> recovery,
        List<Lost> lost,
        List<String> alone,
        Optional<Forecast> forecast,
        List<Demand> demands,
        Optional<Scaling> scaling,
        Optional<Experimented> experiment,
        double resolution,
        Optional<ProfilingCost> profiling,
        List<Step> steps,
        List<String> remarks) {
    public CapacityReport {
        lost = List.copyOf(lost);
        alone = List.copyOf(alone);
        demands = List.copyOf(demands);
        steps = List.copyOf(steps);
        remarks = List.copyOf(remarks);
    }

    /**
     * After an overload.
     *
     * @param overloadPerSecond how much was asked
     * @param afterPerSecond and then
     * @param seconds until latency was back; empty where it was not within the time that was given
     * @param p95BeforeMicros at {@code afterPerSecond} before the overload
     * @param p95AfterMicros in the last second
     */
    public record Recovery(
            double overloadPerSecond,
            double afterPerSecond,
            Optional<Double> seconds,
            double p95BeforeMicros,
            double p95AfterMicros,
            String sentence) {}

    /** @param slo empty where the search could not tell; its lower end is the safe rate */
    public record Lost(String tier, int instances, Optional<RateInterval> slo) {}

    /** Capacities by instance count, and the law through them. */
    public record Scaling(String tier, List<Count> counts, Optional<UniversalScalability> law) {
        public Scaling {
            counts = List.copyOf(counts);
        }
    }

    /** @param slo empty where the search could not tell */
    public record Count(int instances, Optional<RateInterval> slo) {}

    /** Both limits that were moved. */
    public record Experimented(Moves suspect, Optional<Moves> runnerUp, boolean confirmed, String sentence) {}

    /**
     * @param elasticity relative change of the capacity over relative change of the limit: 1 where it is the limit, 0
     *     where it has nothing to do with it
     */
    public record Moves(String setting, double from, List<Move> moves, double elasticity) {
        public Moves {
            moves = List.copyOf(moves);
        }
    }

    /** @param factor how much more of the resource there was */
    public record Move(double to, double factor, Optional<RateInterval> slo, double change) {}
}
