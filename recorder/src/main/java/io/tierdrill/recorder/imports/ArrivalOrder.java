package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.recorder.output.MaskedRequests;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The second pass for logs that note the end of a request in whole seconds, and its duration: where in its second a
 * request ended is drawn first, in the order of the log, and only then is the duration taken off. What comes out is sorted
 * once more, by arrival. One thread.
 */
final class ArrivalOrder implements AutoCloseable {
    private final UnitSorter sorter;
    private final long first;

    /** No request is put before {@code firstNanos}. */
    ArrivalOrder(int bytes, Path folder, long firstNanos) throws IOException {
        this.sorter = new UnitSorter(bytes, folder);
        this.first = firstNanos;
        sorter.begin(1);
    }

    /** Takes what {@code ends} gives in order of end, and gives it on in order of arrival; all as of one input. */
    void drain(UnitSorter ends, Seeds seeds, UnitSorter.Sink sink) throws IOException {
        ends.drain(seeds, (file, instant, bytes, from, to) -> add(instant, bytes, from, to));
        sorter.drain(seeds, sink);
    }

    private void add(long endNanos, byte[] bytes, int from, int to) throws IOException {
        long arrival = Math.max(first, endNanos - MaskedRequests.sinceArrivalNanos(bytes, from));
        sorter.add(arrival, bytes, from, to);
    }

    @Override
    public void close() throws IOException {
        sorter.close();
    }
}
