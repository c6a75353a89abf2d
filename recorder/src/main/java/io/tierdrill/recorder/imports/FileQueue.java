package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The units of one input in order of time. The groups of one stamp, one of each run, are emptied run after run, which is
 * the order of the input. The order of calls is {@code next, give, next...} until {@code next} says no. One thread.
 */
final class FileQueue {
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparingLong(Head::stamp).thenComparingInt(Head::run));
    private final List<Head> group = new ArrayList<>();
    private final int file;
    private final long stretch;
    private final Seeds seeds;
    private Placement placement;
    private long stamp;
    private long instant;
    private int head;
    private int takenOfHead;

    /** A run and the group it stands at. */
    private record Head(long stamp, int run, RunCursor cursor) {}

    /** No unit is put before {@code notBefore}, the instant of the last that was given already. */
    FileQueue(int file, long stretchNanos, Seeds seeds, long notBefore) {
        this.file = file;
        this.stretch = stretchNanos;
        this.seeds = seeds;
        this.instant = notBefore;
    }

    void add(int run, RunCursor cursor) throws IOException {
        if (cursor.nextGroup()) heads.add(new Head(cursor.stamp(), run, cursor));
    }

    int file() {
        return file;
    }

    /** Of the unit that {@link #give} gives. */
    long instant() {
        return instant;
    }

    /** Moves to the next unit; false when there is none. */
    boolean next() throws IOException {
        if (head == group.size() && !nextGroup()) return false;
        long within = placement == null ? 0 : placement.next();
        // Stamps that stand closer than their stretch is long must not put a unit before one already given.
        instant = Math.max(instant, stamp + within);
        return true;
    }

    void give(UnitSorter.Sink sink) throws IOException {
        RunCursor cursor = group.get(head).cursor();
        cursor.nextUnit();
        sink.accept(file, instant, cursor.bytes(), cursor.from(), cursor.to());
        if (++takenOfHead < cursor.count()) return;
        takenOfHead = 0;
        head++;
    }

    private boolean nextGroup() throws IOException {
        for (Head done : group) add(done.run(), done.cursor());
        group.clear();
        head = 0;
        if (heads.isEmpty()) return false;
        stamp = heads.peek().stamp();
        long units = 0;
        while (!heads.isEmpty() && heads.peek().stamp() == stamp) {
            group.add(heads.poll());
            units += group.get(group.size() - 1).cursor().count();
        }
        placement = stretch > 1 ? new Placement(seeds, file, stamp, stretch, units) : null;
        return true;
    }
}
