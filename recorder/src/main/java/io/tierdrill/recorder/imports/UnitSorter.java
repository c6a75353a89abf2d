package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts units in order of their stamps with bounded memory: an external merge sort (Knuth, TAOCP vol. 3, 5.4). Units
 * gather in an {@link Arena}; a full one is sorted and spilled as a run to a temporary file; {@link #drain} merges the
 * runs. A run holds units of one input only and runs follow each other in the order of the input, so that equal stamps
 * keep the order of their units. One thread.
 */
final class UnitSorter implements AutoCloseable {

    /** Takes units in order. */
    interface Sink {
        /** The unit is {@code bytes} from {@code from} to {@code to}, valid during the call only. */
        void accept(int file, long instantNanos, byte[] bytes, int from, int to) throws IOException;
    }

    private final Arena arena;
    private final SpillFile spill;
    private final List<RunCursor> runs = new ArrayList<>();
    private final List<Long> stretches = new ArrayList<>();
    private int file = -1;

    /** Memory for units, and the folder for what does not fit. */
    UnitSorter(int bytes, Path folder) {
        this.arena = new Arena(bytes);
        this.spill = new SpillFile(folder);
    }

    /**
     * The next input begins; they are numbered from 0.
     *
     * @param stretchNanos units of one stamp are placed over this length; 1 where stamps are instants
     */
    void begin(long stretchNanos) throws IOException {
        spillArena();
        stretches.add(stretchNanos);
        file++;
    }

    /** Takes the next unit of the input. */
    void add(long stampNanos, byte[] bytes, int from, int to) throws IOException {
        if (!arena.fits(to - from)) spillArena();
        arena.add(stampNanos, bytes, from, to);
    }

    /** Gives all units in order, placed within their stamps. */
    void drain(Seeds seeds, Sink sink) throws IOException {
        if (!arena.isEmpty()) runs.add(arena.cursor(file));
        new RunMerge(runs, stretches, seeds).drain(sink);
    }

    /** Deletes what was spilled. */
    @Override
    public void close() throws IOException {
        spill.close();
    }

    private void spillArena() throws IOException {
        if (arena.isEmpty()) return;
        runs.add(spill.write(arena.cursor(file)));
        arena.clear();
    }
}
