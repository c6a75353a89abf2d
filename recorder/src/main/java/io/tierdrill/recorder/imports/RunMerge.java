package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Merges runs by time. The runs of one input are a {@link FileQueue}, which places its units within their stamps; the
 * queues of several inputs meet at the instants drawn. Holds one unit per run. One thread.
 */
final class RunMerge {
    private final PriorityQueue<FileQueue> files =
            new PriorityQueue<>(Comparator.comparingLong(FileQueue::instant).thenComparingInt(FileQueue::file));

    /** Runs of the same input follow each other in the order of the input. No unit is put before {@code notBefore}. */
    RunMerge(List<RunCursor> runs, List<Long> stretches, Seeds seeds, long notBefore) throws IOException {
        TreeMap<Integer, FileQueue> byFile = new TreeMap<>();
        for (int run = 0; run < runs.size(); run++) {
            int file = runs.get(run).file();
            byFile.computeIfAbsent(file, f -> new FileQueue(f, stretches.get(f), seeds, notBefore))
                    .add(run, runs.get(run));
        }
        for (FileQueue queue : byFile.values()) if (queue.next()) files.add(queue);
    }

    void drain(UnitSorter.Sink sink) throws IOException {
        while (files.size() > 1) {
            FileQueue earliest = files.poll();
            earliest.give(sink);
            if (earliest.next()) files.add(earliest);
        }
        if (files.isEmpty()) return;
        FileQueue last = files.poll();
        do last.give(sink);
        while (last.next());
    }
}
