package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.HostSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/** The machine through {@code /proc}: the processors this process may use, and its network namespace. */
final class ProcfsHost implements HostProbe {
    private static final int BYTES = 8 << 10;

    private final Procfs procfs;
    private final BitSet allowed;
    private final Optional<ProcFile> stat;
    private final Optional<ProcFile> pressure;
    private final Optional<ProcFile> netstat;
    private final Optional<ProcFile> snmp;

    ProcfsHost(Procfs procfs) {
        this.procfs = procfs;
        this.allowed = allowed(procfs.root().resolve("self/status"));
        this.stat = open("stat");
        this.pressure = open("pressure/cpu");
        this.netstat = open("net/netstat");
        this.snmp = open("net/snmp");
    }

    @Override
    public Optional<HostSample> sample(long atNanos) {
        if (stat.isEmpty()) return Optional.empty();
        CpuTimes cpu = CpuTimes.parse(text(stat), allowed);
        String waited = text(pressure);
        String net = text(netstat);
        String ip = text(snmp);
        return Optional.of(new HostSample(
                atNanos,
                cpu.cores(),
                procfs.seconds(cpu.busy()),
                procfs.seconds(cpu.steal()),
                waited.isEmpty() ? 0 : Pressure.someMicros(waited) / 1e6,
                NetworkCounters.value(net, "TcpExt", "ListenOverflows"),
                NetworkCounters.value(net, "TcpExt", "ListenDrops"),
                NetworkCounters.value(ip, "Tcp", "RetransSegs"),
                NetworkCounters.value(ip, "Udp", "RcvbufErrors")));
    }

    @Override
    public void close() {
        stat.ifPresent(ProcFile::close);
        pressure.ifPresent(ProcFile::close);
        netstat.ifPresent(ProcFile::close);
        snmp.ifPresent(ProcFile::close);
    }

    /** Kernels without pressure accounting refuse it, some already when it is opened and some when it is read. */
    private static String text(Optional<ProcFile> file) {
        try {
            return file.isPresent() ? file.get().text() : "";
        } catch (IOException notOffered) {
            return "";
        }
    }

    private Optional<ProcFile> open(String name) {
        try {
            return Optional.of(ProcFile.open(procfs.root().resolve(name), BYTES));
        } catch (IOException notOffered) {
            return Optional.empty();
        }
    }

    private static BitSet allowed(Path status) {
        try {
            return CpuList.allowed(Files.readString(status));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
