package io.tierdrill.profiler.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.model.sample.HostSample;
import io.tierdrill.model.time.NanoClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfsHostTest {
    private static final Path PROC = Path.of("/proc");
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final NanoClock clock = NanoClock.system();

    @TempDir
    Path root;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Files.isReadable(PROC.resolve("self/auxv")));
    }

    @Test
    void seesTheMachineAtWork() {
        try (HostProbe host = new ProcfsHost(Procfs.at(PROC))) {
            HostSample first = host.sample(0).orElseThrow();
            long deadline = clock.nanos() + DEADLINE_NANOS;
            HostSample last = first;
            while (last.busySeconds() < first.busySeconds() + 0.1) {
                assertThat(clock.nanos()).isLessThan(deadline);
                last = host.sample(1).orElseThrow();
                assertThat(last.busySeconds()).isGreaterThanOrEqualTo(first.busySeconds());
            }
            assertThat(first.cores()).isGreaterThanOrEqualTo(1);
            assertThat(last.cpuPressureSeconds()).isGreaterThanOrEqualTo(first.cpuPressureSeconds());
        }
    }

    @Test
    void countsConnectionsThatAFullAcceptQueueRefused() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        try (HostProbe host = new ProcfsHost(Procfs.at(PROC));
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HostSample before = host.sample(0).orElseThrow();
            long deadline = clock.nanos() + DEADLINE_NANOS;
            HostSample now = before;
            while (now.listenOverflows() == before.listenOverflows()) {
                assertThat(clock.nanos()).isLessThan(deadline);
                if (clients.size() < 8) clients.add(connect(listener));
                now = host.sample(1).orElseThrow();
            }
            assertThat(now.listenDrops()).isGreaterThan(before.listenDrops());
        } finally {
            for (SocketChannel client : clients) client.close();
        }
    }

    @Test
    void saysWhatItCanWhereTheKernelSaysLess() throws Exception {
        Files.createDirectories(root.resolve("self"));
        Files.writeString(root.resolve("self/status"), "Cpus_allowed_list:\t0\n");
        Files.writeString(root.resolve("stat"), "cpu  100 0 50 1 1 1 1 1 0 0\ncpu0 100 0 50 1 1 1 1 1 0 0\nintr 0\n");

        try (HostProbe host = new ProcfsHost(new Procfs(root, 4_096, 100))) {
            assertThat(host.sample(3)).contains(new HostSample(3, 1, 1.52, 0.01, 0, 0, 0, 0, 0));
        }
    }

    private static SocketChannel connect(ServerSocket listener) throws Exception {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
        return client;
    }
}
