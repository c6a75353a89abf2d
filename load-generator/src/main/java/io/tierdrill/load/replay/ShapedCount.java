package io.tierdrill.load.replay;

import io.tierdrill.load.arrival.RateCurve;

/**
 * As many users as it takes for the rate that a shape wants: the shape's rate over the trace's own. Immutable.
 *
 * @param shape over the time of the run
 * @param share of the shape's rate that this trace shall bring
 * @param own the trace's rate over its own time
 * @param periodNanos length of a round of the trace
 * @param speed trace time over time of the run
 */
record ShapedCount(RateCurve shape, double share, OwnRate own, long periodNanos, double speed) implements UserCount {
    @Override
    public double at(long traceNanos, long round) {
        return share * shape.perSecondAt(run(traceNanos, round)) / (own.at(inRound(traceNanos)) * speed);
    }

    @Override
    public double most(long fromNanos, long toNanos, long round) {
        double wanted = shape.highestBetween(run(fromNanos, round), run(toNanos, round));
        return share * wanted / (own.leastBetween(fromNanos, toNanos) * speed);
    }

    @Override
    public double busiestPerSecond(CountGrid recorded, double mattersNot) {
        return share * shape.highest();
    }

    private long run(long traceNanos, long round) {
        return Math.round((traceNanos + (double) round * periodNanos) / speed);
    }

    /** A copy of the last requests may act when the next round has begun. */
    private long inRound(long traceNanos) {
        return Math.min(traceNanos, periodNanos);
    }
}
