package io.tierdrill.profiler.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every probe must do, over a real process that burns a processor. */
class ProcessProbeContractTest {
    private static final InstanceId ID = new InstanceId("l7", 1);
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final NanoClock clock = NanoClock.system();
    private Process burner;

    enum Kind {
        PROCFS {
            @Override
            ProcessProbe probe(long pid) {
                assumeTrue(Files.isReadable(Path.of("/proc/self/stat")));
                return new ProcfsProcess(Procfs.at(Path.of("/proc")), ID, pid);
            }
        },
        HANDLE {
            @Override
            ProcessProbe probe(long pid) {
                return new HandleProbe(ID, pid);
            }
        };

        abstract ProcessProbe probe(long pid);
    }

    @BeforeEach
    void startABurner() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        burner = new ProcessBuilder(
                        java.toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Burner.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    @AfterEach
    void stopIt() {
        burner.destroyForcibly();
    }

    @ParameterizedTest
    @EnumSource
    void seesProcessorTimeRiseAndNothingCountedFall(Kind kind) {
        try (ProcessProbe probe = kind.probe(burner.pid())) {
            ProcessSample first = probe.sample(0).orElseThrow();
            ProcessSample last = first;
            for (long at = 1; last.cpuSeconds() < first.cpuSeconds() + 0.3; at++) {
                ProcessSample next = probe.sample(at).orElseThrow();
                assertThat(next.atNanos()).isEqualTo(at);
                assertThat(next.instance()).isEqualTo(ID);
                assertThat(next.cpuSeconds()).isGreaterThanOrEqualTo(last.cpuSeconds());
                assertThat(next.busiestThreadCpuSeconds()).isBetween(last.busiestThreadCpuSeconds(), next.cpuSeconds());
                assertThat(next.runDelaySeconds()).isGreaterThanOrEqualTo(last.runDelaySeconds());
                assertThat(next.rssBytes()).isGreaterThanOrEqualTo(0);
                last = next;
            }
            assertThat(last.busiestThreadCpuSeconds()).isGreaterThan(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void yieldsNothingOnceTheProcessIsGone(Kind kind) throws Exception {
        try (ProcessProbe probe = kind.probe(burner.pid())) {
            assertThat(probe.sample(0)).isPresent();
            burner.destroyForcibly();
            assertThat(burner.waitFor(20, TimeUnit.SECONDS)).isTrue();
            long deadline = clock.nanos() + DEADLINE_NANOS;
            while (probe.sample(1).isPresent()) assertThat(clock.nanos()).isLessThan(deadline);

            assertThat(probe.sample(2)).isEmpty();
        }
    }
}
