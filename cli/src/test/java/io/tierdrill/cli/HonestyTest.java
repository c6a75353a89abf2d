package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RequestSampleReader;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.Stopped;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole injector as people run it, against targets that misbehave and machines that run short. */
@Timeout(240)
class HonestyTest {
    private static final String SENT = "tierdrill_injector_sent_total";
    private static final long MILLI = 1_000_000;
    private static final long TIMEOUT_MILLIS = 1_000;
    private static final String[] HOSTILE = {
        "/", "/error", "/long", "/short", "/silent-close", "/garbage", "/negative", "/bad-chunk", "/reset", "/never"
    };

    @TempDir
    Path folder;

    private Path json;
    private Path samples;

    @BeforeEach
    void files() {
        json = folder.resolve("result.json");
        samples = folder.resolve("requests.avro");
    }

    @Test
    void everyFailureHasItsNameAndItsLatencyAndNoneIsDropped() throws Exception {
        int each = 20;
        int all = each * HOSTILE.length;
        Path trace = Traces.even(folder.resolve("t.trace"), 200, all, i -> HOSTILE[i % HOSTILE.length]);
        try (HostileServer server = new HostileServer(0)) {
            Console replay = Console.tierdrill(
                    "replay",
                    trace,
                    "--target",
                    server.url(),
                    "--timeout",
                    TIMEOUT_MILLIS + "ms",
                    "--json",
                    json,
                    "--requests",
                    samples);

            // On a busy machine the injector may have been late; the kinds are the same.
            assertThat(replay.status()).as(replay.err()).isIn(ExitStatus.GO, ExitStatus.INVALID);
            Injection injection = RunFiles.read(json, Injection.class);
            List<RequestSample> told = samples();
            assertThat(told).hasSize(all);
            Map<String, Long> counted = new HashMap<>();
            for (RequestSample sample : told) {
                int number = Math.toIntExact(sample.dueNanos() / (5 * MILLI));
                assertThat(sample.dueNanos() % (5 * MILLI))
                        .as("the due time is the schedule's")
                        .isZero();
                // Should the machine stop for longer than the timeout, other answers miss it too.
                if (sample.outcome() == Outcome.TIMEOUT)
                    assertThat(sample.serviceNanos()).isGreaterThanOrEqualTo(TIMEOUT_MILLIS * MILLI);
                else assertThat(sample.outcome()).isEqualTo(kind(HOSTILE[number % HOSTILE.length]));
                if (sample.outcome().isError()) counted.merge(sample.outcome().word(), 1L, Long::sum);
            }
            assertThat(injection.errors()).isEqualTo(counted);
            assertThat(counted)
                    .containsOnlyKeys(
                            "server-error",
                            "short-read",
                            "wrong-length",
                            "bad-response",
                            "connection-reset",
                            "timeout");
            assertThat(injection.requests()).isEqualTo(all);
            assertThat(injection.latency().count())
                    .as("failures are in the histogram")
                    .isEqualTo(all);
            assertThat(injection.latency().maxMicros()).isGreaterThanOrEqualTo(TIMEOUT_MILLIS * 1e3);
            assertThat(replay.out()).contains("200 due, ").contains(" timeout").contains(" bad-response");
        }
    }

    private static Outcome kind(String path) {
        return switch (path) {
            case "/error" -> Outcome.SERVER_ERROR;
            case "/short", "/silent-close" -> Outcome.SHORT_READ;
            case "/garbage", "/negative", "/bad-chunk" -> Outcome.BAD_RESPONSE;
            case "/long" -> Outcome.WRONG_LENGTH;
            case "/reset" -> Outcome.CONNECTION_RESET;
            case "/never" -> Outcome.TIMEOUT;
            default -> Outcome.OK;
        };
    }

    /** A listener that accepts nobody: the kernel takes a few connections for it and drops the rest. */
    @Test
    void connectionsThatAreNeverTakenTimeOutUnderTheirOwnName() throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), 100, 50);
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Console.tierdrill(
                    "replay",
                    trace,
                    "--target",
                    "http://127.0.0.1:" + full.getLocalPort(),
                    "--timeout",
                    "1s",
                    "--json",
                    json);
            Injection injection = RunFiles.read(json, Injection.class);
            assertThat(injection.errors()).containsKey("connect-timeout");
            assertThat(injection.errors().keySet()).isSubsetOf("connect-timeout", "timeout");
            assertThat(injection.latency().count()).isEqualTo(50);
            assertThat(injection.latency().p50Micros()).isGreaterThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void aTargetThatDiesMidwayIsAResult() throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), 500, 2_000);
        Process server = server(List.of());
        try (Running replay = Running.tierdrill(
                folder,
                "replay",
                trace,
                "--target",
                "http://127.0.0.1:" + port(server),
                "--json",
                json,
                "--metrics",
                "0")) {
            replay.awaitMetric(SENT, sent -> sent >= 500);
            server.destroyForcibly().waitFor();

            assertThat(replay.status()).as(replay.err()).isIn(ExitStatus.GO, ExitStatus.INVALID);
            Injection injection = RunFiles.read(json, Injection.class);
            assertThat(injection.requests()).isEqualTo(2_000);
            assertThat(injection.responses()).isGreaterThanOrEqualTo(400);
            assertThat(injection.errors()).containsKey("connect-refused");
            assertThat(injection.latency().count()).isEqualTo(2_000);
            assertThat(injection.stopped()).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void aBrokenRuleEndsTheRunAndSaysWhichWhenAndWithWhatFigures() throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), 500, 30_000, i -> i % 10 == 0 ? "/error" : "/");
        try (HostileServer server = new HostileServer(0)) {
            Console replay = Console.tierdrill(
                    "replay",
                    trace,
                    "--target",
                    server.url(),
                    "--json",
                    json,
                    "--abort-on",
                    "rate<1/s for 1h",
                    "--abort-on",
                    "errors>1% for 2s");

            Injection injection = RunFiles.read(json, Injection.class);
            Stopped stopped = injection.stopped().orElseThrow();
            assertThat(stopped.rule()).contains("errors>1% for 2s");
            assertThat(stopped.found().orElseThrow())
                    .matches("errors [\\d.]+ % \\([\\d,]+ of [\\d,]+\\) from \\d+ s to \\d+ s");
            assertThat(stopped.ofSeconds()).isGreaterThan(59);
            assertThat(stopped.atSeconds()).isBetween(1.9, 59.0);
            assertThat(injection.requests()).isLessThan(30_000);
            assertThat(replay.status())
                    .isEqualTo(injection.status().equals("VALID") ? ExitStatus.NO_GO : ExitStatus.INVALID);
            assertThat(replay.out()).contains("stopped    after ").contains("errors>1% for 2s was broken: errors ");
        }
    }

    /** The whole process stands still, as in a collector's pause or on an overcommitted machine. */
    @Test
    void anInjectorThatStoodStillSaysSoAndMovesNoDueTime() throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), 1_000, 4_000);
        try (HostileServer server = new HostileServer(0);
                Running replay = Running.tierdrill(
                        folder,
                        "replay",
                        trace,
                        "--target",
                        server.url(),
                        "--json",
                        json,
                        "--requests",
                        samples,
                        "--metrics",
                        "0")) {
            replay.awaitMetric(SENT, sent -> sent >= 500);
            replay.signal("STOP");
            long stood = stoodStill(replay.pid());
            replay.signal("CONT");

            assertThat(replay.status()).as(replay.err() + replay.out()).isEqualTo(ExitStatus.INVALID);
            Injection injection = RunFiles.read(json, Injection.class);
            assertThat(injection.requests()).isEqualTo(4_000);
            // At 1,000 a second one request was due within a millisecond of the stop.
            assertThat(injection.lateness().maxMicros()).isGreaterThanOrEqualTo(stood / 1e3 - 2_000);
            assertThat(injection.latency().maxMicros()).isGreaterThanOrEqualTo(stood / 1e3 - 2_000);
            assertThat(injection.reasons().get(0)).startsWith("The injector sent late: lateness p99 was ");
            assertThat(samples().stream().map(RequestSample::dueNanos).sorted().toList())
                    .isEqualTo(
                            LongStream.range(0, 4_000).mapToObj(i -> i * MILLI).toList());
        }
    }

    /** Waits until it is stopped and half a second more; returns how long it surely stood. */
    private static long stoodStill(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        while (!Files.readString(stat).replaceFirst("^.*\\) ", "").startsWith("T")) LockSupport.parkNanos(MILLI);
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 500 * MILLI) LockSupport.parkNanos(10 * MILLI);
        return System.nanoTime() - begin;
    }

    @Test
    void aP99OfTooFewSamplesIsMissingAndSaysWhy() throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), 1_000, 299);
        try (HostileServer server = new HostileServer(0)) {
            Console replay = Console.tierdrill("replay", trace, "--target", server.url(), "--json", json);

            assertThat(replay.out()).contains("p90 needs 300 samples  p99 needs 3,000 samples");
            assertThat(Files.readString(json))
                    .contains("\"p99Micros\" : null")
                    .contains("\"p99Micros\" : \"needs 3,000 samples, there are 299\"");
            assertThat(replay.out())
                    .containsPattern("latency +mean .*from the due time: corrected for coordinated omission")
                    .containsPattern("service +mean .*from the send: uncorrected, as most tools measure");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void saysThatItRanOutOfDescriptors(String transport) throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), 1_000, 1_000, i -> "/never");
        try (HostileServer server = new HostileServer(0);
                Running replay = Running.through(
                        List.of("prlimit", "--nofile=400"),
                        folder,
                        "replay",
                        trace,
                        "--target",
                        server.url(),
                        "--transport",
                        transport,
                        "--timeout",
                        "1s",
                        "--json",
                        json)) {
            ranOut(replay, "found no free file descriptor \\(ulimit -n\\), limit 0\\.");
        }
    }

    @Test
    void saysThatItRanOutOfPorts() throws Exception {
        assumeTrue(works("unshare", "-rn", "ip", "link", "set", "lo", "up"), "no network namespace can be made here");
        Path trace = Traces.even(folder.resolve("t.trace"), 500, 500, i -> "/never");
        String java = String.join(" ", Running.java().subList(0, Running.java().size() - 1));
        // A network of its own with sixteen ports: server and injector live in it. The server ends with the shell.
        String inside = "ip link set lo up; echo 40000 40015 >/proc/sys/net/ipv4/ip_local_port_range; "
                + "mkfifo \"$0/stdin\"; " + java + " " + HostileServer.class.getName()
                + " 8080 <\"$0/stdin\" >\"$0/port\" & "
                + "exec 9>\"$0/stdin\"; until [ -s \"$0/port\" ]; do sleep 0.1; done; \"$@\"";
        try (Running replay = Running.through(
                List.of("unshare", "-rn", "sh", "-c", inside, folder.toString()),
                folder,
                "replay",
                trace,
                "--target",
                "http://127.0.0.1:8080",
                "--timeout",
                "1s",
                "--json",
                json)) {
            ranOut(replay, "found no free local port, limit 0\\.");
        }
    }

    private void ranOut(Running replay, String reason) throws Exception {
        assertThat(replay.status()).as(replay.err() + replay.out()).isEqualTo(ExitStatus.INVALID);
        Injection injection = RunFiles.read(json, Injection.class);
        assertThat(injection.errors()).containsKeys("timeout", "injector-limit");
        assertThat(injection.reasons()).anyMatch(r -> r.matches("[0-9,]+ requests? " + reason));
        assertThat(injection.latency().count()).isEqualTo(injection.requests());
        assertThat(replay.out()).startsWith("INVALID");
    }

    /** More than any machine can send. */
    @Test
    void saysThatItsProcessorWasTheLimit() throws Exception {
        Path trace = Traces.even(folder.resolve("t.trace"), 2_000_000, 20_000, i -> "/");
        try (HostileServer server = new HostileServer(0);
                Running replay = Running.through(
                        List.of("taskset", "-c", "0"),
                        folder,
                        "replay",
                        trace,
                        "--target",
                        server.url(),
                        "--json",
                        json)) {
            assertThat(replay.status()).as(replay.err() + replay.out()).isEqualTo(ExitStatus.INVALID);
            Injection injection = RunFiles.read(json, Injection.class);
            assertThat(injection.reasons())
                    .anyMatch(r -> r.startsWith("The injector sent late: "))
                    .anyMatch(r -> r.startsWith("The injector did not keep the rate: "));
            assertThat(injection.offeredPerSecond()).isGreaterThan(1_900_000);
        }
    }

    /** One core, and somebody else on it who goes first. */
    @Test
    void saysThatOthersHadItsProcessor() throws Exception {
        assumeTrue(works("chrt", "--idle", "0", "true"), "no idle class can be chosen here");
        Path trace = Traces.even(folder.resolve("t.trace"), 1_000, 4_000);
        try (HostileServer server = new HostileServer(0);
                Running replay = Running.through(
                        List.of("taskset", "-c", "0", "chrt", "--idle", "0"),
                        folder,
                        "replay",
                        trace,
                        "--target",
                        server.url(),
                        "--json",
                        json,
                        "--metrics",
                        "0")) {
            replay.awaitMetric(SENT, sent -> sent >= 500);
            keepBusy("0");
            assertThat(replay.status()).as(replay.err() + replay.out()).isEqualTo(ExitStatus.INVALID);
            assertThat(RunFiles.read(json, Injection.class).reasons())
                    .anyMatch(r -> r.startsWith("The injector sent late: "))
                    .anyMatch(r -> r.startsWith("The injector was short of processor: for "));
        }
    }

    /** For a second. */
    private static void keepBusy(String core) throws IOException {
        Process busy = new ProcessBuilder("taskset", "-c", core, "sh", "-c", "while :; do :; done").start();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 1_000 * MILLI) LockSupport.parkNanos(10 * MILLI);
        busy.destroyForcibly();
    }

    private List<RequestSample> samples() throws Exception {
        List<RequestSample> all = new ArrayList<>();
        try (RequestSampleReader reader = RequestSampleReader.open(samples)) {
            reader.forEachRemaining(all::add);
        }
        return all;
    }

    private static Process server(List<String> more) throws IOException {
        List<String> command = new ArrayList<>(Running.java());
        command.set(command.size() - 1, HostileServer.class.getName());
        command.addAll(more);
        return new ProcessBuilder(command).start();
    }

    private static int port(Process server) throws IOException {
        BufferedReader said = server.inputReader();
        return Integer.parseInt(said.readLine());
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process tried = new ProcessBuilder(command).start();
            return tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
