package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.ProcessSample;
import java.util.Optional;

/** Reads one process. Belongs to one thread. What it counts never goes backwards. */
public interface ProcessProbe extends AutoCloseable {

    /**
     * What it looks like now.
     *
     * @param atNanos now, for the sample
     * @return nothing once the process is gone, and from then on
     */
    Optional<ProcessSample> sample(long atNanos);

    @Override
    void close();
}
