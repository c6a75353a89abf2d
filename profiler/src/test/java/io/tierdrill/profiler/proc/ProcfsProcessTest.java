package io.tierdrill.profiler.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfsProcessTest {
    private static final InstanceId ID = new InstanceId("l7", 1);
    private static final long TICK = 10_000_000;

    @TempDir
    Path root;

    private FakeProcess process;
    private ProcfsProcess probe;

    @BeforeEach
    void makeAProcess() throws IOException {
        process = new FakeProcess(root, 9);
        process.stat('S', 20, 9, 1, 50);
        process.thread(1, "main", 30 * TICK, 3 * TICK);
        probe = new ProcfsProcess(new Procfs(root, 4_096, 100), ID, 9);
    }

    @Test
    void takesTheExactTimesOfThreadsWhereTheTicksSayNoMore() {
        assertThat(probe.sample(5)).contains(new ProcessSample(5, ID, 0.3, 0.3, 0.03, 50 * 4_096, 1, 0, 0));
    }

    @Test
    void addsTheTimeOfThreadsThatEndedUnseen() throws IOException {
        process.stat('S', 90, 10, 1, 50);

        assertThat(probe.sample(5).orElseThrow().cpuSeconds()).isEqualTo(1.0);

        process.thread(1, "main", 35 * TICK, 3 * TICK);
        process.stat('S', 95, 10, 1, 50);
        assertThat(probe.sample(6).orElseThrow().cpuSeconds()).isEqualTo(1.05);

        process.thread(1, "main", 36 * TICK, 3 * TICK);
        assertThat(probe.sample(7).orElseThrow().cpuSeconds())
                .as("exact time moves on before the ticks do")
                .isEqualTo(1.06);
    }

    @Test
    void neverGoesBackwardsWhenAThreadEnds() throws IOException {
        double before = probe.sample(5).orElseThrow().cpuSeconds();
        process.end(1);
        process.thread(2, "other", 1, 1);
        ProcessSample after = probe.sample(6).orElseThrow();

        assertThat(after.cpuSeconds()).isGreaterThanOrEqualTo(before);
        assertThat(after.runDelaySeconds()).isGreaterThanOrEqualTo(0.03);
    }

    @Test
    void yieldsNothingOfAZombieNorEverAfter() throws IOException {
        process.stat('Z', 20, 9, 1, 0);
        assertThat(probe.sample(5)).isEmpty();

        process.stat('S', 20, 9, 1, 50);
        assertThat(probe.sample(6)).isEmpty();
    }

    @Test
    void yieldsNothingOfAProcessThatNeverWas() {
        assertThat(new ProcfsProcess(new Procfs(root, 4_096, 100), ID, 10).sample(5))
                .isEmpty();
    }
}
