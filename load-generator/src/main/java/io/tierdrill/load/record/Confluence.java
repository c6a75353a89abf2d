package io.tierdrill.load.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the intervals of all loops together. A stretch of time is whole when every loop has an interval that ends where it
 * ends, or is over; after a stall of one loop that may be several seconds of the others.
 *
 * <pre>
 *   loop 0   |----1----|----2----|----3----|
 *   loop 1   |----1----|---------3---------|      whole: 1, and 2 with 3
 * </pre>
 *
 * Nothing is lost or counted twice, so the sum over all is that of one recording. Belongs to one thread.
 */
final class Confluence {
    /** A loop that says nothing for longer makes the others' seconds grow longer, and not their number. */
    private static final int DEEPEST = 16;

    private final List<Deque<Interval>> waiting = new ArrayList<>();
    private final boolean[] over;
    private final long[] inFlight;
    private final long[] opened;
    private final long[] lastDue;
    private final Interval sum = new Interval();
    private long wholeUntil;

    Confluence(int loops) {
        for (int i = 0; i < loops; i++) waiting.add(new ArrayDeque<>());
        over = new boolean[loops];
        inFlight = new long[loops];
        opened = new long[loops];
        lastDue = new long[loops];
    }

    /** @param used told of an interval that is needed no more */
    void add(Interval interval, Consumer<Interval> used) {
        Deque<Interval> own = waiting.get(interval.loop);
        if (own.size() < DEEPEST) {
            own.add(interval);
        } else {
            own.getLast().extend(interval);
            used.accept(interval);
        }
        over[interval.loop] |= interval.last;
    }

    /** Whether the next stretch is there. */
    boolean isWhole() {
        long end = Long.MIN_VALUE;
        for (Deque<Interval> own : waiting) if (!own.isEmpty()) end = Math.max(end, own.peek().endNanos);
        if (end == Long.MIN_VALUE) return false;
        for (int i = 0; i < over.length; ) {
            long reached = reached(i, end);
            if (reached < end) return false;
            i = reached > end ? 0 : i + 1;
            end = reached;
        }
        wholeUntil = end;
        return true;
    }

    /** Whether all loops have ended and all of it was taken. */
    boolean isOver() {
        for (int i = 0; i < over.length; i++) if (!over[i] || !waiting.get(i).isEmpty()) return false;
        return true;
    }

    /** Where the first interval of the loop ends that comes to there; the time itself where nothing more will come. */
    private long reached(int loop, long end) {
        for (Interval each : waiting.get(loop)) if (each.endNanos >= end) return each.endNanos;
        return over[loop] ? end : Long.MIN_VALUE;
    }

    /**
     * That stretch, lent until the next call.
     *
     * @param used told of each interval that is needed no more
     */
    Interval take(Consumer<Interval> used) {
        sum.clear();
        sum.startNanos = Long.MAX_VALUE;
        for (Deque<Interval> own : waiting)
            while (!own.isEmpty() && own.peek().endNanos <= wholeUntil) take(own.remove(), used);
        sum.endNanos = wholeUntil;
        sum.inFlight = 0;
        sum.connectionsOpened = 0;
        sum.lastDueNanos = 0;
        for (int i = 0; i < over.length; i++) {
            sum.inFlight += inFlight[i];
            sum.connectionsOpened += opened[i];
            sum.lastDueNanos = Math.max(sum.lastDueNanos, lastDue[i]);
        }
        return sum;
    }

    private void take(Interval interval, Consumer<Interval> used) {
        sum.add(interval);
        sum.startNanos = Math.min(sum.startNanos, interval.startNanos);
        inFlight[interval.loop] = interval.inFlight;
        opened[interval.loop] = interval.connectionsOpened;
        lastDue[interval.loop] = interval.lastDueNanos;
        used.accept(interval);
    }
}
