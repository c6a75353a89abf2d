package io.tierdrill.load.replay;

/**
 * How many users act at a moment for each one recorded. Every copy of a user has a place: its number and a fraction that
 * belongs to it alone. It acts while its place is below this count, so users come in one after another as the count
 * rises and the same ones leave when it falls.
 */
interface UserCount {
    /** At this time of the trace, in this round of it. */
    double at(long traceNanos, long round);

    /** The highest within this time of the trace. */
    double most(long fromNanos, long toNanos, long round);

    /**
     * Requests in the busiest second of the run.
     *
     * @param recorded when those of one recorded user each arrive
     * @param speed trace time over time of the run
     */
    double busiestPerSecond(CountGrid recorded, double speed);

    /** Whether it is another one at another time. */
    default boolean changes() {
        return true;
    }

    /** The same all the time. */
    static UserCount constant(double count) {
        return new UserCount() {
            @Override
            public double at(long traceNanos, long round) {
                return count;
            }

            @Override
            public double busiestPerSecond(CountGrid recorded, double speed) {
                return count * recorded.busiest(speed * 1e9);
            }

            @Override
            public boolean changes() {
                return false;
            }

            @Override
            public double most(long fromNanos, long toNanos, long round) {
                return count;
            }
        };
    }
}
