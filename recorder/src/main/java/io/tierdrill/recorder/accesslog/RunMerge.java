package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges runs second by second. The groups of one file in one second are one queue, in the order of its runs; the
 * queues of several files meet at the instants their {@link Placement}s draw. Holds one line per run. One thread.
 */
final class RunMerge {
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong(Head::second).thenComparingInt(Head::file).thenComparingInt(Head::run));
    private final Seeds seeds;

    /** Runs of the same file follow each other in the order of the file. */
    RunMerge(List<RunCursor> runs, Seeds seeds) throws IOException {
        this.seeds = seeds;
        for (int i = 0; i < runs.size(); i++) advance(i, runs.get(i));
    }

    void drain(SecondSorter.Sink sink) throws IOException {
        while (!heads.isEmpty()) {
            long second = heads.peek().second();
            List<FileQueue> files = filesOf(second);
            if (files.size() == 1) files.get(0).drain(second, sink);
            else interleave(files, second, sink);
            for (FileQueue file : files) for (Head head : file.heads) advance(head.run(), head.cursor());
        }
    }

    private List<FileQueue> filesOf(long second) {
        List<FileQueue> files = new ArrayList<>(1);
        while (!heads.isEmpty() && heads.peek().second() == second) {
            Head head = heads.poll();
            boolean same = !files.isEmpty() && files.get(files.size() - 1).number == head.file();
            if (!same) files.add(new FileQueue(head.file()));
            files.get(files.size() - 1).add(head);
        }
        for (FileQueue file : files) file.start(second);
        return files;
    }

    private void interleave(List<FileQueue> files, long second, SecondSorter.Sink sink) throws IOException {
        PriorityQueue<FileQueue> queue = new PriorityQueue<>(
                Comparator.<FileQueue>comparingInt(f -> f.nanos).thenComparingInt(f -> f.number));
        queue.addAll(files);
        while (!queue.isEmpty()) {
            FileQueue first = queue.poll();
            if (first.emit(second, sink)) queue.add(first);
        }
    }

    private void advance(int run, RunCursor cursor) throws IOException {
        if (cursor.nextGroup()) heads.add(new Head(cursor.epochSecond(), cursor.file(), run, cursor));
    }

    /** A run and the second it stands at. */
    private record Head(long second, int file, int run, RunCursor cursor) {}

    /** The lines of one file in one second. */
    private final class FileQueue {
        private final int number;
        private final List<Head> heads = new ArrayList<>(1);
        private Placement placement;
        private int nanos;
        private int head;
        private int takenOfHead;

        FileQueue(int number) {
            this.number = number;
        }

        void add(Head next) {
            heads.add(next);
        }

        void start(long second) {
            long lines = 0;
            for (Head h : heads) lines += h.cursor().count();
            placement = new Placement(seeds, number, second, lines);
            nanos = placement.next();
        }

        void drain(long second, SecondSorter.Sink sink) throws IOException {
            while (emit(second, sink)) {
                // one line each time, until the last
            }
        }

        /** Gives the next line; false when it was the last. */
        boolean emit(long second, SecondSorter.Sink sink) throws IOException {
            RunCursor cursor = heads.get(head).cursor();
            cursor.nextLine();
            sink.accept(number, second, nanos, cursor.bytes(), cursor.from(), cursor.to());
            if (++takenOfHead == cursor.count()) {
                takenOfHead = 0;
                if (++head == heads.size()) return false;
            }
            nanos = placement.next();
            return true;
        }
    }
}
