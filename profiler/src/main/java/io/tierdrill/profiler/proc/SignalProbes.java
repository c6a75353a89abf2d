package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All that is asked of one machine: its own counters, and each watched process. Belongs to one thread. */
public final class SignalProbes implements SignalProbe {
    private final Optional<Procfs> procfs;
    private final List<SignalProbe> machine = new ArrayList<>();
    private final Optional<ListenerProbe> listeners;
    private final Map<InstanceId, List<SignalProbe>> processes = new LinkedHashMap<>();

    SignalProbes(Optional<Procfs> procfs, Path sys) {
        this.procfs = procfs;
        this.listeners = procfs.map(p -> new ListenerProbe(p.root().resolve("self/net"), ListenLimits::read));
        procfs.ifPresent(p -> {
            machine.add(new KernelProbe(p.root(), sys));
            machine.add(new NetworkProbe(p.root().resolve("self/net"), SignalSample.MACHINE));
            machine.add(listeners.orElseThrow());
        });
    }

    /**
     * Takes the place of whatever was watched as that instance.
     *
     * @param traffic where it takes its traffic, if that is known
     */
    public void watch(InstanceId id, long pid, Optional<InetSocketAddress> traffic) {
        if (procfs.isEmpty()) return;
        Path folder = procfs.get().process(pid);
        List<SignalProbe> probes = new ArrayList<>(List.of(new QuotaProbe(procfs.get(), id, pid)));
        if (livesElsewhere(folder)) {
            Path net = folder.resolve("net");
            probes.add(new NetworkProbe(net, id));
            ListenerProbe own = new ListenerProbe(net, Map::of);
            traffic.ifPresent(address -> own.watch(id, address));
            probes.add(own);
        } else {
            traffic.ifPresent(address -> listeners.orElseThrow().watch(id, address));
        }
        close(processes.put(id, probes));
    }

    /** In a network namespace that is not ours. */
    private boolean livesElsewhere(Path process) {
        try {
            Path own = Files.readSymbolicLink(procfs.orElseThrow().root().resolve("self/ns/net"));
            return !own.equals(Files.readSymbolicLink(process.resolve("ns/net")));
        } catch (IOException notOursToSee) {
            return false;
        }
    }

    @Override
    public void sample(long atNanos, Consumer<? super SignalSample> to) {
        machine.forEach(probe -> probe.sample(atNanos, to));
        processes.values().forEach(probes -> probes.forEach(probe -> probe.sample(atNanos, to)));
    }

    @Override
    public void close() {
        machine.forEach(SignalProbe::close);
        processes.values().forEach(SignalProbes::close);
    }

    private static void close(List<SignalProbe> probes) {
        if (probes != null) probes.forEach(SignalProbe::close);
    }
}
