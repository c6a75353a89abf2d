package io.tierdrill.recorder.live;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * Requests and messages in the order of their times. The first may leave when it has settled and is over, or when the window is.
 * As that goes by its time alone, none waits longer than the window because of another, a long poll for instance. One
 * thread.
 */
final class Line {
    private static final Comparator<Queued> BY_TIME =
            Comparator.comparingLong(Queued::offsetNanos).thenComparingLong(Queued::sequence);

    private final long settleNanos;
    private final long windowNanos;
    /** Nearly all: those that are told in the order in which they began. */
    private final Deque<Queued> inOrder = new ArrayDeque<>();

    private final PriorityQueue<Queued> others = new PriorityQueue<>(BY_TIME);
    private long added;

    Line(Pace pace) {
        this.settleNanos = pace.settle().toNanos();
        this.windowNanos = pace.window().toNanos();
    }

    void add(Queued held) {
        held.sequence(added++);
        Queued last = inOrder.peekLast();
        if (last == null || last.offsetNanos() <= held.offsetNanos()) inOrder.addLast(held);
        else others.add(held);
    }

    /**
     * The next to be written at this time, or null.
     *
     * @param crowded whether memory is short, so that waiting is over
     */
    Queued poll(long nowNanos, boolean crowded) {
        Queued first = first();
        if (first == null) return null;
        long age = nowNanos - first.offsetNanos();
        boolean ripe = age >= windowNanos || age >= settleNanos && first.over();
        if (!ripe && !crowded) return null;
        return first == inOrder.peekFirst() ? inOrder.pollFirst() : others.poll();
    }

    private Queued first() {
        Queued first = inOrder.peekFirst();
        Queued other = others.peek();
        if (first == null || other == null) return first == null ? other : first;
        return BY_TIME.compare(first, other) < 0 ? first : other;
    }
}
