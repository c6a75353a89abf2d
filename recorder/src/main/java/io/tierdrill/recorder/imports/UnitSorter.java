package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts units in order of their stamps with bounded memory: an external merge sort (Knuth, TAOCP vol. 3, 5.4). Units
 * gather in an {@link Arena}; a full one is sorted and spilled as a run to a temporary file; {@link #drain} merges the
 * runs. A run holds units of one input only and runs follow each other in the order of the input, so that equal stamps
 * keep the order of their units.
 *
 * <p>Where there is one input only, a sorter may hope that it is nearly in order: then it gives the earlier half of a full
 * arena on instead of spilling it ({@link Ahead}), and a unit that belonged there is refused. One thread.
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
    private Optional<Ahead> ahead = Optional.empty();
    private long given = Long.MIN_VALUE;
    private int file = -1;

    /** Memory for units, and the folder for what does not fit. */
    UnitSorter(int bytes, Path folder) {
        this.arena = new Arena(bytes);
        this.spill = new SpillFile(folder);
    }

    /** Units of the one input there is are given on ahead of {@link #drain}, to the same sink, while they come in order. */
    void hope(Seeds seeds, Sink sink) {
        ahead = Optional.of(new Ahead(seeds, sink));
    }

    /**
     * From here on everything is kept until {@link #drain}.
     *
     * @throws TooHasty when something has been given on already
     */
    void keepAll() throws TooHasty {
        if (ahead.isPresent() && ahead.get().hasGiven()) throw new TooHasty();
        ahead = Optional.empty();
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

    /**
     * Takes the next unit of the input.
     *
     * @throws TooHasty when later ones have been given on already
     */
    void add(long stampNanos, byte[] bytes, int from, int to) throws IOException {
        while (!arena.fits(to - from)) makeRoom();
        if (stampNanos < given) throw new TooHasty();
        arena.add(stampNanos, bytes, from, to);
    }

    /** Gives all units in order, placed within their stamps. */
    void drain(Seeds seeds, Sink sink) throws IOException {
        if (!arena.isEmpty()) runs.add(arena.cursor(file));
        long notBefore = ahead.map(Ahead::instant).orElse(Long.MIN_VALUE);
        new RunMerge(runs, stretches, seeds, notBefore).drain(sink);
    }

    /** Deletes what was spilled. */
    @Override
    public void close() throws IOException {
        spill.close();
    }

    private void makeRoom() throws IOException {
        if (ahead.isPresent() && runs.isEmpty() && ahead.get().give(arena, stretches.get(file)))
            given = ahead.get().until();
        else spillArena();
    }

    private void spillArena() throws IOException {
        if (arena.isEmpty()) return;
        runs.add(spill.write(arena.cursor(file)));
        arena.clear();
    }
}
