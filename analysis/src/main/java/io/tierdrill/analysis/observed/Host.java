package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.HostSample;
import java.util.function.LongPredicate;

/** The machine all processes share. */
public final class Host {
    private static final double FULL = 0.95;

    private final Counter busy = new Counter();
    private final Counter listenOverflows = new Counter();
    private final Counter retransmits = new Counter();
    private final Counter udpErrors = new Counter();
    private final Gauge seen = new Gauge();
    private int cores;
    private long last = Long.MIN_VALUE;
    private long missingNanos;
    private long longestGapNanos;

    void see(HostSample sample) {
        busy.see(sample.atNanos(), sample.busySeconds());
        listenOverflows.see(sample.atNanos(), sample.listenOverflows());
        retransmits.see(sample.atNanos(), sample.retransmits());
        udpErrors.see(sample.atNanos(), sample.udpReceiveErrors());
        seen.see(sample.atNanos(), 1);
        cores = sample.cores();
        last = sample.atNanos();
    }

    /** Gaps between sightings that are much longer than the usual one are holes; called once with the usual gap. */
    void countHoles(long[] instants, long usualGap, long measuredNanos) {
        long before = 0;
        for (long at : instants) {
            if (at < 0) continue;
            hole(Math.min(at, measuredNanos) - before, usualGap);
            before = Math.min(at, measuredNanos);
        }
        hole(measuredNanos - before, usualGap);
    }

    private void hole(long gap, long usualGap) {
        longestGapNanos = Math.max(longestGapNanos, gap);
        if (gap > 5 * usualGap) missingNanos += gap;
    }

    public boolean known() {
        return last != Long.MIN_VALUE;
    }

    public int cores() {
        return cores;
    }

    /** Time of the run in which nobody looked. */
    public long missingNanos() {
        return missingNanos;
    }

    public long longestGapNanos() {
        return longestGapNanos;
    }

    /** Busy part of all processors over a span. */
    public double share(long fromNanos, long toNanos) {
        return cores == 0 ? 0 : busy.growth(fromNanos, toNanos) / ((toNanos - fromNanos) / 1e9) / cores;
    }

    /** Part of the judged windows in which no processor was free. */
    public double fullShare(Windows windows, LongPredicate judged) {
        int full = 0;
        int all = 0;
        for (int i = 0; i < windows.count(); i++) {
            if (!judged.test(windows.from(i))) continue;
            all++;
            if (share(windows.from(i), windows.to(i)) >= FULL) full++;
        }
        return all == 0 ? 0 : (double) full / all;
    }

    public long listenOverflows(long measuredNanos) {
        return Math.round(listenOverflows.growth(0, measuredNanos));
    }

    public long retransmits(long measuredNanos) {
        return Math.round(retransmits.growth(0, measuredNanos));
    }

    public long udpReceiveErrors(long measuredNanos) {
        return Math.round(udpErrors.growth(0, measuredNanos));
    }
}
