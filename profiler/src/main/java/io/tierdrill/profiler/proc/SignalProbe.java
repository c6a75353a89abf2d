package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.SignalSample;
import java.util.function.Consumer;

/** Reads signals of a process or of the machine. Belongs to one thread. What cannot be read is not told. */
public interface SignalProbe extends AutoCloseable {

    /**
     * Hands over what it looks like now.
     *
     * @param atNanos now, for the samples
     */
    void sample(long atNanos, Consumer<? super SignalSample> to);

    @Override
    void close();
}
