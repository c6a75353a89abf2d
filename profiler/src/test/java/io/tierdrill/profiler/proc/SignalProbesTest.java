package io.tierdrill.profiler.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalProbesTest {
    private static final InstanceId L7 = new InstanceId("l7", 1);
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final NanoClock clock = NanoClock.system();
    private final List<SignalSample> told = new ArrayList<>();

    @TempDir
    Path root;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/auxv")));
    }

    @Test
    void countsWhoWaitsToBeAccepted() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                SignalProbes probes = Probes.ofThisMachine().signals()) {
            var address = new InetSocketAddress("127.0.0.1", listener.getLocalPort());
            probes.watch(L7, ProcessHandle.current().pid(), Optional.of(address));
            for (int i = 0; i < 3; i++) clients.add(SocketChannel.open(address));

            assertThat(await(probes, Signal.ACCEPT_QUEUE, 3).of()).isEqualTo("127.0.0.1:" + address.getPort());
            if (!ListenLimits.read().isEmpty())
                assertThat(last(Signal.ACCEPT_LIMIT)).contains(8.0);
        } finally {
            for (SocketChannel client : clients) client.close();
        }
    }

    @Test
    void tellsOfTheNetworkTheProfilerLivesInAsTheMachines() {
        try (SignalProbes probes = Probes.ofThisMachine().signals()) {
            probes.sample(5, told::add);
        }

        assertThat(told).allMatch(s -> s.instance().equals(SignalSample.MACHINE) && s.atNanos() == 5);
        assertThat(last(Signal.SEGMENTS)).hasValueSatisfying(n -> assertThat(n).isPositive());
        assertThat(last(Signal.TIME_WAIT)).isPresent();
        assertThat(last(Signal.LISTEN_OVERFLOWS)).isPresent();
    }

    @Test
    void tellsOfAnotherNetworkAsTheInstancesThatLivesThere() throws Exception {
        link("self", "net:[1]");
        Path there = link("77", "net:[2]");
        Files.writeString(there.resolve("net/snmp"), "Tcp: OutSegs RetransSegs\nTcp: 1000 60\n");
        Files.writeString(there.resolve("net/netstat"), "TcpExt: ListenOverflows TCPSynRetrans\nTcpExt: 5 20\n");

        try (SignalProbes probes = new SignalProbes(Optional.of(new Procfs(root, 4096, 100)), root)) {
            probes.watch(L7, 77, Optional.empty());
            probes.sample(5, told::add);
        }

        assertThat(told)
                .contains(
                        new SignalSample(5, L7, Signal.SEGMENTS, "", 1000),
                        new SignalSample(5, L7, Signal.RETRANSMITS, "", 40),
                        new SignalSample(5, L7, Signal.SYN_RETRANSMITS, "", 20),
                        new SignalSample(5, L7, Signal.LISTEN_OVERFLOWS, "", 5))
                .allMatch(s -> s.instance().equals(L7));
    }

    @Test
    void followsAProcessIntoTheGroupItIsMovedTo() throws Exception {
        Path process = link("77", "net:[1]");
        Path group = Files.createDirectories(root.resolve("groups/slow"));
        link("self", "net:[1]");
        Files.writeString(root.resolve("self/mountinfo"), "1 2 0:3 / " + root + "/groups rw - cgroup2 none rw\n");
        Files.writeString(process.resolve("cgroup"), "0::/\n");
        Files.writeString(group.resolve("cpu.max"), "5000 10000\n");
        Files.writeString(group.resolve("cpu.stat"), "nr_periods 100\nnr_throttled 90\nthrottled_usec 1500000\n");

        try (SignalProbes probes = new SignalProbes(Optional.of(new Procfs(root, 4096, 100)), root)) {
            probes.watch(L7, 77, Optional.empty());
            probes.sample(1, told::add);
            assertThat(told).isEmpty();
            Files.writeString(process.resolve("cgroup"), "0::/slow\n");
            for (int i = 2; i <= 3; i++) probes.sample(i, told::add);
        }

        assertThat(told)
                .contains(
                        new SignalSample(3, L7, Signal.QUOTA_CORES, "", 0.5),
                        new SignalSample(3, L7, Signal.QUOTA_PERIODS, "", 100),
                        new SignalSample(3, L7, Signal.QUOTA_THROTTLED, "", 90),
                        new SignalSample(3, L7, Signal.QUOTA_THROTTLED_SECONDS, "", 1.5));
    }

    @Test
    void readsTheKernelsTablesAndTheSpeedOfLinks() throws Exception {
        Files.createDirectories(root.resolve("net"));
        Files.createDirectories(root.resolve("sys/net/netfilter"));
        Files.createDirectories(root.resolve("class/net/eth0"));
        Files.writeString(root.resolve("net/softnet_stat"), "00000010 00000002\n");
        Files.writeString(root.resolve("net/dev"), "eth0: 500 5 0 1 2 0 0 0 700 7 0 4 8 0 0 0\n");
        Files.writeString(root.resolve("class/net/eth0/speed"), "1000\n");
        Files.writeString(root.resolve("sys/net/netfilter/nf_conntrack_count"), "250\n");
        Files.writeString(root.resolve("sys/net/netfilter/nf_conntrack_max"), "256\n");

        new KernelProbe(root, root).sample(1, told::add);

        assertThat(last(Signal.PACKETS)).contains(16.0);
        assertThat(last(Signal.PACKETS_DROPPED)).contains(2.0);
        assertThat(last(Signal.LINK_SPEED)).contains(125e6);
        assertThat(last(Signal.CONNTRACK_USED)).contains(250.0);
        assertThat(last(Signal.CONNTRACK_LIMIT)).contains(256.0);
        assertThat(last(Signal.MEMORY_PRESSURE_SECONDS)).isEmpty();
    }

    @Test
    void asksForLimitsOfListenersRarelyAndOnlyWhileOneIsUnknown() throws Exception {
        Files.createDirectories(root.resolve("net"));
        List<String> asked = new ArrayList<>();
        ListenerProbe probe = new ListenerProbe(root.resolve("net"), () -> {
            asked.add("asked");
            return asked.size() == 1 ? Map.of() : Map.of("127.0.0.1:80", 50L);
        });
        probe.watch(L7, new InetSocketAddress("127.0.0.1", 80));

        for (int i = 0; i < 100; i++) probe.sample(i, told::add);

        assertThat(asked).hasSize(2);
        assertThat(last(Signal.ACCEPT_LIMIT)).contains(50.0);
    }

    private Path link(String process, String namespace) throws Exception {
        Path folder = Files.createDirectories(root.resolve(process));
        Files.createDirectories(folder.resolve("ns"));
        Files.createDirectories(folder.resolve("net"));
        Files.createSymbolicLink(folder.resolve("ns/net"), Path.of(namespace));
        return folder;
    }

    private Optional<Double> last(Signal signal) {
        return told.stream()
                .filter(s -> s.signal() == signal)
                .reduce((a, b) -> b)
                .map(SignalSample::value);
    }

    private SignalSample await(SignalProbes probes, Signal signal, double value) {
        long deadline = clock.nanos() + DEADLINE_NANOS;
        while (true) {
            assertThat(clock.nanos()).isLessThan(deadline);
            told.clear();
            probes.sample(1, told::add);
            Optional<SignalSample> found = told.stream()
                    .filter(s -> s.signal() == signal
                            && s.value() == value
                            && s.instance().equals(L7))
                    .findFirst();
            if (found.isPresent()) return found.get();
        }
    }
}
