package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.tier.InstanceId;
import java.time.Duration;
import java.util.Optional;

/** What the JDK knows of a process on any system: its processor time. Everything else reads zero, "not said". */
final class HandleProbe implements ProcessProbe {
    private final InstanceId id;
    private final Optional<ProcessHandle> process;

    HandleProbe(InstanceId id, long pid) {
        this.id = id;
        this.process = ProcessHandle.of(pid);
    }

    @Override
    public Optional<ProcessSample> sample(long atNanos) {
        return process.filter(ProcessHandle::isAlive)
                .flatMap(alive -> alive.info().totalCpuDuration())
                .map(cpu -> sample(atNanos, cpu));
    }

    private ProcessSample sample(long atNanos, Duration cpu) {
        double seconds = cpu.toNanos() / 1e9;
        return new ProcessSample(atNanos, id, seconds, seconds, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
}
