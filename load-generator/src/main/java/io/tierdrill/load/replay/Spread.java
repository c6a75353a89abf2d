package io.tierdrill.load.replay;

/**
 * How far behind its original a copy may act, over the time of a trace. In quiet times copies must not follow on each
 * other's heels, or every request would become a batch; in a rush they must not be late for it, or the rush would be
 * smeared. So the spread {@code D(t)} is the time that the trace itself takes for its next {@value #NEIGHBOURS}
 * requests (the bandwidth of nearest neighbours, Loftsgaarden and Quesenberry 1965): what fewer requests than that show
 * of the crowd's rate is chance, and what more of them show is the crowd.
 *
 * <p>{@code D} never changes by more than {@value #SLOPE} of the time that passes. A copy that acts at
 * {@code t + u D(t)} with its own fixed {@code u} from 0 to 1 therefore keeps its user's order, and no pause is off by
 * more than that share; where the traffic is steady, pauses stay as they were. At both ends of the trace {@code D} is at
 * most one mean gap, growing inwards, so that nothing starts late and nothing is left over. Decision 028. Immutable.
 */
final class Spread {
    static final int NEIGHBOURS = 100;
    static final double SLOPE = 0.02;

    private final long step;
    private final float[] nanos;

    private Spread(long step, float[] nanos) {
        this.step = step;
        this.nanos = nanos;
    }

    /** @param meanGap of the whole trace, at its ends */
    static Spread of(CountGrid grid, long meanGap) {
        int n = Math.max(1, grid.size());
        long step = grid.stepNanos();
        float[] nanos = new float[n];
        int to = 0;
        long within = 0; // of the steps from i up to, but without, the step 'to'
        for (int i = 0; i < n; i++) {
            while (to < n && within < NEIGHBOURS) within += grid.count(to++);
            nanos[i] = within < NEIGHBOURS ? Float.MAX_VALUE : (float) neighbours(grid, i, to, within);
            within -= grid.count(i);
        }
        float most = (float) (SLOPE * step);
        nanos[0] = Math.min(nanos[0], meanGap);
        for (int i = 1; i < n; i++) nanos[i] = Math.min(nanos[i], nanos[i - 1] + most);
        nanos[n - 1] = Math.min(nanos[n - 1], meanGap);
        for (int i = n - 2; i >= 0; i--) nanos[i] = Math.min(nanos[i], nanos[i + 1] + most);
        return new Spread(step, nanos);
    }

    /** Time from the start of step {@code i} until the neighbours have come, the last step taken as even within. */
    private static double neighbours(CountGrid grid, int i, int to, long within) {
        int last = grid.count(to - 1);
        return (to - i - (double) (within - NEIGHBOURS) / last) * grid.stepNanos();
    }

    /** The spread at this time of the trace: linear between the steps' middles. */
    long at(long traceNanos) {
        double place = (double) traceNanos / step - 0.5;
        int i = (int) Math.max(0, Math.min(nanos.length - 1, Math.floor(place)));
        int j = Math.min(nanos.length - 1, i + 1);
        double share = Math.max(0, Math.min(1, place - i));
        return (long) (nanos[i] + (nanos[j] - nanos[i]) * share);
    }
}
