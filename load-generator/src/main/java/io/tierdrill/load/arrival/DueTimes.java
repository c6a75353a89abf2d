package io.tierdrill.load.arrival;

import java.util.PrimitiveIterator;

/** The instants at which a process under a rate curve wants requests sent; never ends. Not thread-safe. */
public final class DueTimes implements PrimitiveIterator.OfLong {
    private final ArrivalProcess process;
    private final RateCurve curve;
    private double arrival;
    private long last;

    public DueTimes(ArrivalProcess process, RateCurve curve) {
        this.process = process;
        this.curve = curve;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    /** Nanoseconds from the start; never less than the one before, though floating point may wish it. */
    @Override
    public long nextLong() {
        arrival = process.next(arrival);
        last = Math.max(last, curve.nanosAt(arrival));
        return last;
    }
}
