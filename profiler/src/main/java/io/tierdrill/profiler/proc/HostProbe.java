package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.HostSample;
import java.util.Optional;

/** Reads the machine. Belongs to one thread. */
public interface HostProbe extends AutoCloseable {

    /**
     * What it looks like now.
     *
     * @param atNanos now, for the sample
     * @return nothing where the system does not say
     */
    Optional<HostSample> sample(long atNanos);

    @Override
    void close();
}
