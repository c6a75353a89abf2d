package io.tierdrill.scenarios.evaluate.force;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.tier.InstanceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForceTest {
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(20);

    private Process worker;

    @BeforeEach
    void startWorker() throws Exception {
        worker = new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start();
    }

    @AfterEach
    void endWorker() throws Exception {
        worker.destroyForcibly();
        worker.waitFor();
    }

    private Processes processes() {
        return new Processes(Map.of(new InstanceId("l7", 1), worker.pid()));
    }

    private static List<Force> forces(String yaml) throws Exception {
        Problems problems = new Problems();
        List<Force> forces = Force.from(ConfigFile.parse("matrix.yaml", yaml, problems));
        problems.throwIfAny();
        return forces;
    }

    /** Field 3 of stat, behind the name in brackets. */
    private char state() throws Exception {
        String stat = Files.readString(Path.of("/proc/" + worker.pid() + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    @Test
    void pulsesStopAProcessAndLetItGoOnAndTheEndLeavesItRunning() throws Exception {
        Set<Boolean> stopped = new HashSet<>();
        Force.Applied pulses = Forces.apply(forces("pulses: {tier: l7, stop: 30ms, every: 60ms}"), processes());
        long deadline = System.nanoTime() + DEADLINE;
        while (stopped.size() < 2 && System.nanoTime() < deadline) stopped.add(state() == 'T');
        pulses.close();

        assertThat(stopped).containsExactlyInAnyOrder(true, false);
        assertThat(state()).isNotEqualTo('T');
    }

    @Test
    void aQuotaHoldsAProcessInAGroupOfItsOwnOrSaysWhyItCannot() throws Exception {
        List<Force> quota = forces("quota: {tier: l7, cores: 0.2}");
        if (Forces.impossible(quota).isPresent()) {
            assertThat(Forces.impossible(quota).get()).startsWith("a quota needs");
            return;
        }
        String before = cpuGroup();

        Force.Applied held = Forces.apply(quota, processes());
        String within = cpuGroup();
        String micros = Files.readString(Path.of("/sys/fs/cgroup/cpu" + within + "/cpu.cfs_quota_us"));
        held.close();

        assertThat(within).endsWith("/tierdrill-" + worker.pid());
        assertThat(micros.strip()).isEqualTo("2000");
        assertThat(cpuGroup()).isEqualTo(before);
        assertThat(Path.of("/sys/fs/cgroup/cpu" + within)).doesNotExist();
    }

    private String cpuGroup() throws Exception {
        return Files.readAllLines(Path.of("/proc/" + worker.pid() + "/cgroup")).stream()
                .filter(line -> line.split(":")[1].matches("(.*,)?cpu(,.*)?"))
                .map(line -> line.split(":", 3)[2])
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fewDescriptorsAreSoManyMoreThanAreOpen() throws Exception {
        List<Force> few = forces("descriptors: {tier: l7, spare: 5}");
        if (Forces.impossible(few).isPresent()) {
            assertThat(Forces.impossible(few)).contains("a limit of descriptors needs prlimit (util-linux)");
            return;
        }
        long open;
        try (var fds = Files.list(Path.of("/proc/" + worker.pid() + "/fd"))) {
            open = fds.count();
        }

        Forces.apply(few, processes()).close();

        assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/limits")))
                .containsPattern("Max open files\\s+" + (open + 5) + " ");
    }

    @Test
    void aNeighbourIsGoneWhenItIsClosed() throws Exception {
        long before = ProcessHandle.current().descendants().count();
        Force.Applied neighbours =
                Forces.apply(forces("neighbour: {processes: 2, busy: 200ms, every: 300ms}"), processes());
        long during = ProcessHandle.current().descendants().count();
        neighbours.close();
        long deadline = System.nanoTime() + DEADLINE;
        while (ProcessHandle.current().descendants().count() > before && System.nanoTime() < deadline)
            Thread.onSpinWait();

        assertThat(during).isGreaterThanOrEqualTo(before + 2);
        assertThat(ProcessHandle.current().descendants().count()).isEqualTo(before);
    }
}
