package io.tierdrill.recorder.live;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Requests in the order in which they began. The first may leave when it has settled and is over, or when the window is.
 * As that goes by its time alone, none waits longer than the window because of another, a long poll for instance. One
 * thread.
 */
final class Line {
    private final long settleNanos;
    private final long windowNanos;
    private final PriorityQueue<Held> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Held::offsetNanos).thenComparingLong(Held::sequence));
    private long added;

    Line(Pace pace) {
        this.settleNanos = pace.settle().toNanos();
        this.windowNanos = pace.window().toNanos();
    }

    void add(Held held) {
        held.sequence(added++);
        waiting.add(held);
    }

    /**
     * The next to be written at this time, or null.
     *
     * @param crowded whether memory is short, so that waiting is over
     */
    Held poll(long nowNanos, boolean crowded) {
        Held first = waiting.peek();
        if (first == null) return null;
        long age = nowNanos - first.offsetNanos();
        boolean ripe = age >= windowNanos || age >= settleNanos && first.over();
        return ripe || crowded ? waiting.poll() : null;
    }
}
