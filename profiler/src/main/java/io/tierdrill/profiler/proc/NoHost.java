package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.HostSample;
import java.util.Optional;

/** Where there is no {@code /proc}, nothing of the JDK counts what the machine did: it only averages. */
final class NoHost implements HostProbe {
    @Override
    public Optional<HostSample> sample(long atNanos) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
