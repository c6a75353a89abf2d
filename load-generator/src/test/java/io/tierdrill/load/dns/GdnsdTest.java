package io.tierdrill.load.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.model.time.NanoClock;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The population before a real DNS tier that balances by the client's network. Skipped where gdnsd is not installed. */
class GdnsdTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String CONFIG = """
            options => { listen => [ 127.0.0.1:%d ], run_dir => %s, state_dir => %s }
            plugins => { geoip => {
              maps => { world => {
                datacenters => [ eu, us ],
                nets => { 203.0.113.0/24 => [ us, eu ], 198.51.100.0/24 => [ eu, us ] } } },
              resources => { www => { map => world, dcmap => { eu => 192.0.2.1, us => 192.0.2.2 } } } } }
            """;
    private static final String ZONE = """
            $TTL 60
            @ SOA ns1 hostmaster 1 7200 1800 259200 60
            @ NS ns1
            @ NS ns2
            ns1 A 127.0.0.1
            ns2 A 127.0.0.1
            www 10 DYNA geoip!www
            """;

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private final IoLoop loop = IoLoop.best();
    private Process gdnsd;
    private InetSocketAddress server;

    private static Optional<Path> program() {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(File.pathSeparator))
                .map(dir -> Path.of(dir, "gdnsd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @BeforeEach
    void start() throws Exception {
        assertThat(program().isEmpty() && "true".equals(System.getenv("CI")))
                .as("CI needs gdnsd")
                .isFalse();
        assumeTrue(program().isPresent(), "gdnsd is not installed; 'apt-get install gdnsd' brings it");
        server = new InetSocketAddress("127.0.0.1", freePort());
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(folder.resolve("config"), CONFIG.formatted(server.getPort(), run, run));
        Files.writeString(Files.createDirectory(folder.resolve("zones")).resolve("shop.example"), ZONE);
        gdnsd = new ProcessBuilder(program().get().toString(), "-c", folder.toString(), "start")
                .redirectErrorStream(true)
                .start();
        BufferedReader words = gdnsd.inputReader();
        List<String> all = new ArrayList<>();
        for (String line = words.readLine(); line != null; line = words.readLine()) {
            all.add(line);
            if (line.contains("DNS listeners started")) return;
        }
        throw new AssertionError("gdnsd did not start: " + all);
    }

    @AfterEach
    void stop() throws Exception {
        loop.close();
        if (gdnsd == null) return;
        gdnsd.destroy();
        gdnsd.waitFor();
    }

    private static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        for (int i = 0; i < 100; i++) {
            try (DatagramSocket udp = new DatagramSocket(0, loopback);
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, loopback)) {
                return tcp.getLocalPort();
            } catch (BindException takenByOneOfThem) {
                // The next number may be free of both.
            }
        }
        throw new IOException("no port is free of both UDP and TCP");
    }

    private ResolverPopulation population(boolean clientSubnet) throws Exception {
        var config = new ResolversConfig(
                Optional.empty(),
                ResolversConfig.zipf(5, 1),
                clientSubnet,
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ZERO);
        return new ResolverPopulation(loop, server, "www.shop.example", config, now::get);
    }

    private String ask(ResolverPopulation population, String client) {
        List<String> heard = new ArrayList<>();
        population.ask(client, new Addresses.Waiter() {
            @Override
            public void resolved(InetAddress address) {
                heard.add(address.getHostAddress());
            }

            @Override
            public void unresolved(String why) {
                heard.add(why);
            }
        });
        long deadline = NanoClock.system().nanos() + 10 * SECOND;
        while (heard.isEmpty() && NanoClock.system().nanos() < deadline) loop.await(1_000_000);
        assertThat(heard).hasSize(1);
        return heard.get(0);
    }

    @Test
    void balancingByNetworkReachesUsersThroughTheirResolversOnlyWhenTheNetworkIsTold() throws Exception {
        try (ResolverPopulation told = population(true);
                ResolverPopulation untold = population(false)) {
            for (int host = 1; host < 50; host++) {
                assertThat(ask(told, "203.0.113." + host)).isEqualTo("192.0.2.2");
                assertThat(ask(told, "198.51.100." + host)).isEqualTo("192.0.2.1");
                assertThat(ask(untold, "203.0.113." + host)).isEqualTo(ask(untold, "198.51.100." + host));
            }
            // Five resolvers ask once for each network, however many users they have; without networks once.
            assertThat(told.counts().orElseThrow().asked()).isEqualTo(10);
            assertThat(told.counts().orElseThrow().hits()).isEqualTo(98 - 10);
            assertThat(untold.counts().orElseThrow().asked()).isEqualTo(5);
        }
    }

    @Test
    void cachesRunOutAfterTheTierTtl() throws Exception {
        try (ResolverPopulation population = population(true)) {
            ask(population, "203.0.113.5");
            now.addAndGet(5 * SECOND);
            assertThat(population.next("203.0.113.5")).isPresent();
            now.addAndGet(5 * SECOND);
            assertThat(population.next("203.0.113.5")).isEmpty();
        }
    }
}
