package io.tierdrill.analysis.observed;

import java.util.BitSet;

/**
 * The seconds of a run in which requests were let down: more than one in a hundred of those due then failed or took
 * longer than promised. Limits are judged in these seconds only, so that a calm first half does not hide the second;
 * a run without such a second is judged as a whole. Immutable.
 */
public final class Stress {
    private static final long SECOND = 1_000_000_000L;
    private static final double LET_DOWN = 0.01;

    private final BitSet seconds;

    private Stress(BitSet seconds) {
        this.seconds = seconds;
    }

    static Stress of(Requests requests, Objective objective, long measuredNanos) {
        int n = (int) (measuredNanos / SECOND) + 1;
        int[] all = new int[n];
        int[] bad = new int[n];
        for (int i = 0; i < requests.count(); i++) {
            int second = (int) Math.min(n - 1, requests.dueNanos(i) / SECOND);
            all[second]++;
            if (requests.failed(i) || requests.latencyNanos(i) > objective.p99Nanos()) bad[second]++;
        }
        BitSet seconds = new BitSet();
        for (int s = 0; s < n; s++) if (bad[s] > all[s] * LET_DOWN) seconds.set(s);
        return new Stress(seconds);
    }

    /** Whether there was any. */
    public boolean any() {
        return !seconds.isEmpty();
    }

    /** When it began, or the end of time where there was none. */
    public long beginsNanos() {
        return any() ? seconds.nextSetBit(0) * SECOND : Long.MAX_VALUE;
    }

    /** Whether this instant counts when limits are judged. */
    public boolean judges(long nanos) {
        return nanos >= 0 && (!any() || seconds.get((int) (nanos / SECOND)));
    }
}
