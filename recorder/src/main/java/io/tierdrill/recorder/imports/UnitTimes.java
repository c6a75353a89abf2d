package io.tierdrill.recorder.imports;

import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.input.UnitParser;

/** The times of the unit parsed last, by what the input's times are worth. Reused; one thread. */
final class UnitTimes {
    private final boolean coarse;
    private final Arrivals arrivals;
    private long stamp;
    private long since;
    private boolean endsAreCoarse;

    private UnitTimes(boolean coarse, Arrivals arrivals) {
        this.coarse = coarse;
        this.arrivals = arrivals;
    }

    static UnitTimes of(Timing timing, ImportOptions options, int file) {
        if (timing.tellsTimes()) return new UnitTimes(timing.isCoarse(), null);
        return new UnitTimes(
                false, new Arrivals(options.seeds(), file, options.rate().orElseThrow()));
    }

    void of(UnitParser parser) {
        stamp = arrivals == null ? parser.epochNanos() : arrivals.next();
        since = arrivals == null ? parser.sinceArrivalNanos() : 0;
        endsAreCoarse |= coarse && since > 0;
    }

    /** As logged, or as drawn. */
    long stamp() {
        return stamp;
    }

    /** The earliest it can have arrived. */
    long arrival() {
        return stamp - since;
    }

    /** Coarse stamps are sorted as they are, so that units of one stamp keep their order when they are placed in it. */
    long sortedBy() {
        return coarse ? stamp : stamp - since;
    }

    /** Whether durations are still to be taken off, once units are placed within their stamps. */
    boolean endsAreCoarse() {
        return endsAreCoarse;
    }
}
