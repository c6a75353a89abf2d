package io.tierdrill.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tierdrill.model.sample.HostSample;
import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfilerTest {
    private static final InstanceId L7 = new InstanceId("l7", 1);
    private static final InstanceId INJECTOR = new InstanceId("injector", 1);
    private static final long OUR_PID = ProcessHandle.current().pid();
    private static final ProfileConfig OFTEN = new ProfileConfig(Duration.ofMillis(10));
    private static final String PAGE = """
            tierdrill_tier_arrivals_total{tier="l7",instance="l7/1"} 12
            tierdrill_tier_completions_total{tier="l7",instance="l7/1"} 11
            tierdrill_resource_capacity{tier="l7",instance="l7/1",resource="pool",kind="pool",setting="a.b"} 4
            """;

    private final BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
    private final NanoClock clock = NanoClock.system().since(NanoClock.system().nanos());
    private HttpServer metrics;

    @BeforeEach
    void serveMetrics() throws IOException {
        metrics = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metrics.createContext("/metrics", exchange -> {
            byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        metrics.start();
    }

    @AfterEach
    void stopMetrics() {
        metrics.stop(0);
    }

    @Test
    void seesTheProcessTheTierTheInjectorAndTheMachine() throws Exception {
        TierSample injector = new TierSample(7, INJECTOR, 3, 2, 0, 1, 0, 0, 0, 0);
        try (Profiler profiler = Profiler.start(
                OFTEN, List.of(watched()), Map.of(INJECTOR, () -> Optional.of(injector)), clock, samples::add)) {
            await(s -> s instanceof ProcessSample p && p.instance().equals(L7) && p.cpuSeconds() > 0);
            await(s -> s instanceof TierSample t && t.instance().equals(L7) && t.arrivals() == 12);
            await(s -> s instanceof ResourceSample r
                    && r.capacity() == 4
                    && r.setting().equals("a.b"));
            await(injector::equals);
            if (Files.isReadable(Path.of("/proc/self/stat"))) await(s -> s instanceof HostSample h && h.cores() > 0);
            await(s -> profiler.cost().ticks() >= 3 && profiler.cost().cpuSeconds() > 0);
            assertThat(profiler.missed()).isEqualTo(profiler.cost().missed());
        }
    }

    @Test
    void takesOneSampleATickAndAccountsForEveryTick() throws Exception {
        Profiler profiler = Profiler.start(OFTEN, List.of(watched()), Map.of(), clock, samples::add);
        long first = tick(await(ProcessSample.class::isInstance));
        long last = first;
        for (int i = 0; i < 50; i++) {
            long next = tick(await(ProcessSample.class::isInstance));
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        profiler.close();

        long accountedFor = profiler.cost().ticks() + profiler.missed();
        assertThat(accountedFor)
                .isBetween(last - first, clock.nanos() / OFTEN.interval().toNanos() + 1);
    }

    private static long tick(Sample sample) {
        return sample.atNanos() / OFTEN.interval().toNanos();
    }

    @Test
    void watchesWhatTookThePlaceOfAnInstance() throws Exception {
        Watched gone = new Watched(L7, Integer.MAX_VALUE, Optional.empty());
        try (Profiler profiler = Profiler.start(OFTEN, List.of(gone), Map.of(), clock, samples::add)) {
            while (profiler.cost().ticks() < 3) Thread.onSpinWait();
            assertThat(samples).noneMatch(ProcessSample.class::isInstance);
            profiler.watch(watched());
            await(s -> s instanceof ProcessSample p && p.instance().equals(L7));
            await(s -> s instanceof TierSample t && t.instance().equals(L7));
        }
    }

    @Test
    void saysAtTheEndThatItStoppedEarly() throws Exception {
        IllegalStateException full = new IllegalStateException("disk full");
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        Profiler profiler = Profiler.start(OFTEN, List.of(watched()), Map.of(), clock, sample -> {
            threads.add(Thread.currentThread());
            throw full;
        });
        Thread thread = threads.poll(20, TimeUnit.SECONDS);
        assertThat(thread).isNotNull();
        assertThat(thread.getName()).isEqualTo("profiler");
        assertThat(thread.isDaemon()).isTrue();
        thread.join(20_000);

        assertThatThrownBy(profiler::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the profiler stopped early")
                .hasCause(full);
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        Profiler profiler = Profiler.start(
                new ProfileConfig(Duration.ofHours(1)), List.of(watched()), Map.of(), clock, samples::add);
        profiler.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("profiler"));
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new ProfileConfig(Duration.ofNanos(999_999)))
                .hasMessage("interval must be 1 ms or more, was PT0.000999999S");
        assertThatThrownBy(() -> new Watched(L7, 0, Optional.empty()))
                .hasMessage("pid of l7/1 must be 1 or more, was 0");
        assertThatThrownBy(() -> new Watched(L7, 1, Optional.of(URI.create("https://a/metrics"))))
                .hasMessage("metrics of l7/1 must be an http URL, was https://a/metrics");
    }

    private Watched watched() {
        URI uri = URI.create("http://127.0.0.1:" + metrics.getAddress().getPort() + "/metrics");
        return new Watched(L7, OUR_PID, Optional.of(uri));
    }

    private Sample await(Predicate<Sample> wanted) throws InterruptedException {
        long deadline = clock.nanos() + 20_000_000_000L;
        while (true) {
            Sample next = samples.poll(deadline - clock.nanos(), TimeUnit.NANOSECONDS);
            assertThat(next).as("a sample in time").isNotNull();
            if (wanted.test(next)) return next;
        }
    }
}
