package io.tierdrill.analysis.finding;

import java.util.Optional;

/**
 * Latency from the due time, in microseconds. A percentile with too few requests behind it is absent, never guessed.
 *
 * @param p99 with its 95 % interval, from 3,000 requests on
 * @param latenessP99Micros due to send: the injector's own delay
 */
public record LatencyFigures(
        long requests,
        Optional<Double> meanMicros,
        Optional<Double> p50Micros,
        Optional<Double> p90Micros,
        Optional<Interval> p99,
        Optional<Double> p999Micros,
        Optional<Double> maxMicros,
        Optional<Double> latenessP99Micros) {

    /** An estimate and its 95 % interval from order statistics, in microseconds. */
    public record Interval(double micros, double lowMicros, double highMicros) {}
}
