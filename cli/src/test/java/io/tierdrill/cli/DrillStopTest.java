package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever ends a drill while something hangs, however hard, finds nothing left behind. On real processes. */
@Timeout(180)
class DrillStopTest {
    @TempDir
    Path folder;

    private Running drill() throws Exception {
        Path scenario = Files.writeString(folder.resolve("s.yaml"), """
                name: stopped
                load: {pattern: {rate: 50, paths: [{path: /}]}, timeout: 1s}
                stack:
                  dns: {instances: 0}
                  l3: {instances: 0}
                  l4: {instances: 0}
                  l7: {instances: 1}
                  service: {instances: 1}
                slo: {p99: 2s, errors: 0.1}
                """);
        return Running.tierdrill(
                folder, "drill", scenario, "--quick", "--actions", "hang", "--components", "service", "--out", out());
    }

    private Path out() {
        return folder.resolve("out");
    }

    @Test
    void ctrlCWhileAServiceHangsLeavesNothingBehind() throws Exception {
        try (Running drill = drill()) {
            drill.awaitErr("service/1: hung as planned");
            List<ProcessHandle> family = drill.family();
            assertThat(family).as("two tiers, and who holds the hung one still").hasSizeGreaterThanOrEqualTo(3);
            drill.ctrlC();

            assertThat(drill.status()).as(drill.err()).isEqualTo(ExitStatus.INCONCLUSIVE);
            assertThat(drill.out()).contains("0 drills, 0 borne; ended early");
            assertThat(out().resolve("drill.json")).exists();
            assertGone(family);
        }
    }

    @Test
    void evenAKillLetsTheHungOneEnd() throws Exception {
        try (Running drill = drill()) {
            drill.awaitErr("service/1: hung as planned");
            List<ProcessHandle> family = drill.family();
            drill.signal("KILL");

            assertGone(family);
        }
    }

    private static void assertGone(List<ProcessHandle> family) throws Exception {
        for (ProcessHandle process : family) process.onExit().get(20, TimeUnit.SECONDS);
    }
}
