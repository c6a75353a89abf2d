package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts lines in order of their second with bounded memory: an external merge sort (Knuth, TAOCP vol. 3, 5.4). Lines
 * gather in an {@link Arena}; a full one is sorted and spilled as a run to a temporary file; {@link #drain} merges the
 * runs. A run holds lines of one file only and runs follow each other in the order of the file, so that equal seconds
 * keep the order of their lines. One thread.
 */
final class SecondSorter implements AutoCloseable {

    /** Takes lines in order. */
    interface Sink {
        /** The line is {@code bytes} from {@code from} to {@code to}, valid during the call only. */
        void accept(int file, long epochSecond, int nanos, byte[] bytes, int from, int to) throws IOException;
    }

    private final Arena arena;
    private final SpillFile spill;
    private final List<RunCursor> runs = new ArrayList<>();
    private int file;

    /** Memory for lines, and the folder for what does not fit. */
    SecondSorter(int bytes, Path folder) {
        this.arena = new Arena(bytes);
        this.spill = new SpillFile(folder);
    }

    /** Takes the next line of a file; files come one after the other, by ascending number. */
    void add(int ofFile, long epochSecond, byte[] bytes, int from, int to) throws IOException {
        if (ofFile != file || !arena.fits(to - from)) spillArena();
        file = ofFile;
        arena.add(epochSecond, bytes, from, to);
    }

    /** Gives all lines in order, placed within their seconds. */
    void drain(Seeds seeds, Sink sink) throws IOException {
        if (!arena.isEmpty()) runs.add(arena.cursor(file));
        new RunMerge(runs, seeds).drain(sink);
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
