package io.tierdrill.load;

import java.util.OptionalDouble;

/**
 * How many threads send where nobody said so, and what part of everything each gets. Pure; the reasons stand in decision
 * 032.
 */
final class LoopCount {
    /** Up to so many processors, the target and the thread that prepares need the others. */
    static final int ONE_UP_TO = 4;
    /** A third of what one loop has been seen to send, so that bursts of a busy second find room. */
    static final double PER_LOOP = 50_000;

    private LoopCount() {}

    /**
     * As many as the rate needs, and no more than leave room for others.
     *
     * @param busiestPerSecond requests in the busiest second, where that is known
     */
    static int automatic(int processors, OptionalDouble busiestPerSecond) {
        if (processors <= ONE_UP_TO) return 1;
        double needed = Math.ceil(busiestPerSecond.orElse(0) / PER_LOOP);
        return (int) Math.max(1, Math.min(needed, (processors - 2) / 2));
    }

    /** What of so many goes to one of several loops: all get the same, and the first get what is left over. */
    static int part(int all, int loop, int loops) {
        return all / loops + (loop < all % loops ? 1 : 0);
    }
}
