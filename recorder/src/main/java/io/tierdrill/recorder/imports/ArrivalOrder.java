package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.recorder.input.UnitParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The second pass for logs that note the end of a request in whole seconds, and its duration: where in its second a
 * request ended is drawn first, in the order of the log, and only then is the duration taken off. What comes out is sorted
 * once more, by arrival. One thread.
 */
final class ArrivalOrder implements AutoCloseable {
    private final UnitSorter sorter;
    private final List<UnitParser> parsers;
    private final long first;
    private byte[] marked = new byte[1024];

    /** No request is put before {@code firstNanos}. */
    ArrivalOrder(int bytes, Path folder, List<UnitParser> parsers, long firstNanos) throws IOException {
        this.sorter = new UnitSorter(bytes, folder);
        this.parsers = parsers;
        this.first = firstNanos;
        sorter.begin(1);
    }

    /** Takes what {@code ends} gives in order of end, and gives it on in order of arrival. */
    void drain(UnitSorter ends, Seeds seeds, UnitSorter.Sink sink) throws IOException {
        ends.drain(seeds, this::add);
        sorter.drain(
                seeds,
                (one, instant, bytes, from, to) -> sink.accept(
                        ByteBuffer.wrap(bytes, from, Integer.BYTES).getInt(),
                        instant,
                        bytes,
                        from + Integer.BYTES,
                        to));
    }

    /** The units of all inputs are one to the second sorter; each carries the number of its input in front. */
    private void add(int file, long endNanos, byte[] bytes, int from, int to) throws IOException {
        parsers.get(file).parse(bytes, from, to);
        long arrival = Math.max(first, endNanos - parsers.get(file).sinceArrivalNanos());
        int length = Integer.BYTES + to - from;
        if (marked.length < length) marked = new byte[2 * length];
        ByteBuffer.wrap(marked).putInt(file).put(bytes, from, to - from);
        sorter.add(arrival, marked, 0, length);
    }

    @Override
    public void close() throws IOException {
        sorter.close();
    }
}
