package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.Stopped;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.service.ServiceConfig;
import io.tierdrill.targets.service.ServiceServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and SIGTERM, on real processes: what was done is a result, and nobody is left behind. */
@Timeout(240)
class StopTest {
    private static final String SENT = "tierdrill_injector_sent_total";
    private static final int PER_SECOND = 1_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aReplayThatIsStoppedHasAResultOfWhatWasDone(String signal) throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), PER_SECOND, 60 * PER_SECOND);
        Path json = folder.resolve("result.json");
        try (ServiceServer server = service();
                Running replay = replay(trace, url(server.traffic()), "--json", json)) {
            replay.awaitMetric(SENT, sent -> sent >= 3_100);
            if (signal.equals("INT")) replay.ctrlC();
            else replay.terminate();

            // On a busy machine the injector may have been late: invalid, and a result all the same.
            assertThat(replay.status()).as(replay.err()).isIn(ExitStatus.GO, ExitStatus.INVALID);
            Injection injection = RunFiles.read(json, Injection.class);
            Stopped stopped = injection.stopped().orElseThrow();
            assertThat(stopped.rule()).isEmpty();
            assertThat(stopped.ofSeconds()).isEqualTo(60, within());
            assertThat(stopped.atSeconds()).isBetween(3.0, 59.0);
            assertThat(injection.requests()).isBetween(3_100L, 59L * PER_SECOND);
            assertThat(injection.responses()).isEqualTo(injection.requests());
            assertThat(injection.latency().count()).isEqualTo(injection.requests());
            assertThat(injection.latency().p99Micros()).isNotNull();
            assertThat(injection.offeredPerSecond()).isBetween(0.98 * PER_SECOND, 1.02 * PER_SECOND);
            assertThat(replay.out()).contains("stopped    after ").contains(" of 60.0 s: by Ctrl-C or a signal");
            assertThat(replay.err()).contains("stopping: the last answers are waited for; Ctrl-C again ends at once");
        }
    }

    @Test
    void theSecondCtrlCEndsAtOnce() throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), PER_SECOND, 60 * PER_SECOND);
        Path json = folder.resolve("result.json");
        // Takes connections and never answers: the last answers would be waited for until their timeout.
        try (ServerSocket silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
                Running replay = replay(
                        trace, "http://127.0.0.1:" + silent.getLocalPort(), "--json", json, "--timeout", "50s")) {
            replay.awaitMetric(SENT, sent -> sent >= 20);
            replay.ctrlC();
            replay.awaitErr("stopping: ");
            replay.ctrlC();

            assertThat(replay.status()).isEqualTo(130);
            assertThat(json).doesNotExist();
        }
    }

    @Test
    void aRehearsalThatIsStoppedHasAVerdictOfThePartThatRan() throws Exception {
        Path run = folder.resolve("run");
        try (Running rehearsal = rehearse(run)) {
            rehearsal.awaitMetric(SENT, sent -> sent >= 4_200);
            List<ProcessHandle> stack = rehearsal.family();
            assertThat(stack).hasSizeGreaterThanOrEqualTo(2);
            rehearsal.ctrlC();

            int status = rehearsal.status();
            Verdict verdict = RunFiles.read(run.resolve("verdict.json"), Verdict.class);
            assertThat(status).as(rehearsal.out()).isEqualTo(verdict.exitStatus());
            // Never GO: the rest of the load was not met. A busy machine may break a promise or the measurement.
            assertThat(status).isIn(ExitStatus.NO_GO, ExitStatus.INVALID, ExitStatus.INCONCLUSIVE);
            assertThat(verdict.validity().remarks().get(0))
                    .startsWith("stopped early, after ")
                    .endsWith(" of 60 s, by Ctrl-C or a signal");
            assertThat(verdict.slo()).anySatisfy(line -> assertThat(line.name()).isEqualTo("whole run"));
            assertThat(rehearsal.out()).contains("stopped ").contains("REPORT");
            assertThat(Files.readString(run.resolve("junit.xml"))).contains("promise: whole run");
            assertThat(run.resolve("report.html")).exists();
            assertThat(Files.readString(run.resolve("events.jsonl")))
                    .as("the stack went down after the run, not with the Ctrl-C")
                    .doesNotContain("\"crash\"");
            assertGone(stack);
        }
    }

    @Test
    void theSecondCtrlCTakesTheStackDownToo() throws Exception {
        Path run = folder.resolve("run");
        try (Running rehearsal = rehearse(run)) {
            rehearsal.awaitMetric(SENT, sent -> sent >= 20);
            List<ProcessHandle> stack = rehearsal.family();
            // A tier that stands still: its answers are waited for.
            for (ProcessHandle process : stack) signal("-STOP", process);
            rehearsal.ctrlC();
            rehearsal.awaitErr("stopping: ");
            rehearsal.ctrlC();

            assertThat(rehearsal.status()).isEqualTo(130);
            assertThat(run.resolve("verdict.json")).doesNotExist();
            assertGone(stack);
        }
    }

    @Test
    void ctrlCBeforeAnythingFlowsEndsAtOnce() throws Exception {
        Path run = folder.resolve("run");
        try (Running rehearsal = rehearse(run)) {
            rehearsal.awaitErr("bringing up 2 processes");
            rehearsal.ctrlC();

            assertThat(rehearsal.status()).isEqualTo(130);
            assertGone(rehearsal.family());
        }
    }

    private Running rehearse(Path run) throws Exception {
        Path scenario = Files.writeString(folder.resolve("s.yaml"), """
                name: stopped
                warmup: 1s
                duration: 60s
                load: {pattern: {rate: 1000, paths: [{path: /}]}}
                stack:
                  dns: {instances: 0}
                  l3: {instances: 0}
                  l4: {instances: 0}
                  l7: {instances: 1}
                  service: {instances: 1}
                slo: {p99: 2s, errors: 0.1}
                """);
        return Running.tierdrill(folder, "rehearse", scenario, "--out", run, "--metrics", "127.0.0.1:0");
    }

    private Running replay(Path trace, String url, Object... more) throws Exception {
        List<Object> args =
                new java.util.ArrayList<>(List.of("replay", trace, "--target", url, "--metrics", "127.0.0.1:0"));
        args.addAll(List.of(more));
        return Running.tierdrill(folder, args.toArray());
    }

    private static void assertGone(List<ProcessHandle> stack) throws Exception {
        for (ProcessHandle process : stack) process.onExit().get(10, TimeUnit.SECONDS);
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.1);
    }

    static ServiceServer service() throws Exception {
        ServiceConfig config = ServiceConfig.from(ConfigFile.parse("settings", "size: 100\n", new Problems()));
        return ServiceServer.start(
                new InstanceId("service", 1),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                config,
                new Seeds(1),
                NanoClock.system());
    }

    static String url(InetSocketAddress address) {
        return "http://" + address.getHostString() + ":" + address.getPort();
    }
}
