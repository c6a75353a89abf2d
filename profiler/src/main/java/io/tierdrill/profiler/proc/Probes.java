package io.tierdrill.profiler.proc;

import io.tierdrill.model.tier.InstanceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The probes this machine has: {@code /proc} on Linux, what the JDK knows elsewhere. */
public final class Probes {
    private final Optional<Procfs> procfs;

    private Probes(Optional<Procfs> procfs) {
        this.procfs = procfs;
    }

    public static Probes ofThisMachine() {
        Path root = Path.of("/proc");
        return new Probes(
                Files.isReadable(root.resolve("self/stat")) ? Optional.of(Procfs.at(root)) : Optional.empty());
    }

    /** A probe of a process that may be gone already. */
    public ProcessProbe process(InstanceId id, long pid) {
        if (procfs.isEmpty()) return new HandleProbe(id, pid);
        return new ProcfsProcess(procfs.get(), id, pid);
    }

    /** Probes of what is told beside that, of this machine and of whomever they are told to watch. */
    public SignalProbes signals() {
        return new SignalProbes(procfs, Path.of("/sys"));
    }

    public HostProbe host() {
        if (procfs.isEmpty()) return new NoHost();
        return new ProcfsHost(procfs.get());
    }
}
