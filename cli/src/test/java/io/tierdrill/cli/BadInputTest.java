package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the input is said in whole sentences, ends with status 2, and nothing was started. */
class BadInputTest {
    private static final String GIVE_A_TRACE =
            "  Give the path of a trace. 'tierdrill import FILE -o TRACE' makes one from access logs.";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    @Test
    void saysThatAScenarioIsMissing() {
        Path missing = folder.resolve("missing.yaml");

        refused(
                Console.tierdrill("rehearse", missing, "--out", folder.resolve("run")),
                missing + ": there is no such file",
                "  Give the path of a YAML file.",
                "1 problem; nothing was started.");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void pointsAtAnUnknownSettingAndAWrongType() throws IOException {
        Path scenario = Files.writeString(folder.resolve("s.yaml"), """
                name: s
                load:
                  pattern: {rate: fast, paths: [{path: /}]}
                stack:
                  service: {instances: 1, dealy: 5ms}
                slo: {p99: 100ms}
                """);

        refused(
                Console.tierdrill("rehearse", scenario, "--out", folder.resolve("run")),
                scenario + ":3:19: load.pattern.rate: cannot use \"fast\"",
                "  Allowed: a rate above 0, such as 300, 300/s or 1200/m.",
                scenario + ":5:27: stack.service.dealy: unknown setting",
                "  Known: instances, cpuPerRequest, delay, delayJitter, size, concurrency, queue. Did you mean delay?",
                "2 problems; nothing was started.");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void saysThatATraceIsMissing() {
        Path missing = folder.resolve("missing.trace");

        refused(
                Console.tierdrill("replay", missing, "--target", "http://127.0.0.1:1"),
                missing + ": there is no such file",
                GIVE_A_TRACE,
                "1 problem; nothing was started.");
    }

    @Test
    void saysThatAFileIsNoTrace() throws IOException {
        Path foreign =
                Files.writeString(folder.resolve("access.log"), "127.0.0.1 - - [...] \"GET / HTTP/1.1\" 200 1\n");

        String[] lines = {
            foreign + ": is not a trace: it does not begin with the bytes of an Avro container",
            GIVE_A_TRACE,
            "1 problem; nothing was started."
        };
        refused(Console.tierdrill("inspect", foreign), lines);
        refused(Console.tierdrill("replay", foreign, "--target", "http://127.0.0.1:1"), lines);
    }

    @Test
    void saysThatATraceIsCutWithinItsHeader() throws IOException {
        byte[] whole = Files.readAllBytes(trace(1));
        Path cut = Files.write(folder.resolve("cut.trace"), java.util.Arrays.copyOf(whole, 20));

        refused(
                Console.tierdrill("inspect", cut),
                cut + ": is cut off within its header, after 20 bytes",
                "  No request can be recovered from it. Record or import it again.",
                "1 problem; nothing was started.");
    }

    @Test
    void readsATraceUpToWhereItIsCutAndSaysWhatIsLost() throws IOException {
        byte[] whole = Files.readAllBytes(trace(200));
        Path cut = Files.write(folder.resolve("cut.trace"), java.util.Arrays.copyOf(whole, whole.length - 3));

        Console inspected = Console.tierdrill("inspect", cut);

        assertThat(inspected.status()).isZero();
        assertThat(inspected.err()).contains("cut");
    }

    @Test
    void refusesATargetThatNobodyAllowed() throws IOException {
        refused(
                Console.tierdrill("replay", trace(1), "--target", "http://shop.example"),
                "--target: \"shop.example\" is not allowed as a target",
                "  Loopback is always allowed. If this host is yours to load, add '--allow shop.example'.",
                "1 problem; nothing was started.");
    }

    @Test
    void refusesATargetThatIsNoAddress() throws IOException {
        refused(
                Console.tierdrill("replay", trace(1), "--target", "127.0.0.1:8080"),
                "--target: cannot use \"127.0.0.1:8080\"",
                "  Allowed: an address such as http://127.0.0.1:8080 or https://127.0.0.1:8443.",
                "1 problem; nothing was started.");
    }

    @Test
    void saysThatATargetDoesNotListen() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            closed = socket.getLocalPort();
        }

        refused(
                Console.tierdrill("replay", trace(1), "--target", "http://127.0.0.1:" + closed),
                "127.0.0.1:" + closed + ": cannot be reached: connection refused (127.0.0.1:" + closed + ")",
                "  Start the target, or correct its address.",
                "1 problem; nothing was started.");
    }

    @Test
    void saysThatAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            Console console = Console.tierdrill("serve", "service", "--listen", address);

            assertThat(console.err())
                    .startsWith(address + ": cannot listen here: ")
                    .containsIgnoringCase("address already in use");
            refused(
                    console,
                    "  Stop whoever uses it, or give another address or port 0 for any free one.",
                    "1 problem; nothing was started.");
        }
    }

    @Test
    void refusesOptionsThatCannotBe() throws IOException {
        refused(
                Console.tierdrill("rehearse", "--scale", "-1"),
                "--scale: cannot use \"-1.0\". Allowed: a number above 0.",
                "See 'tierdrill rehearse --help'.");
        refused(
                Console.tierdrill("rehearse", "--duration", "later"),
                "Invalid value for option '--duration': cannot use \"later\". Allowed: a number with a unit: ns, us, "
                        + "ms, s, m or h, such as 250ms or 1.5s.",
                "See 'tierdrill rehearse --help'.");
        refused(
                Console.tierdrill("replay", trace(1), "--target", "http://127.0.0.1:1", "--speed", "2", "--rate", "3"),
                "Error: --speed=X, --rate=N are mutually exclusive (specify only one)");
    }

    @Test
    void refusesToRecordWhatCannotBe() throws IOException {
        Path trace = folder.resolve("x.trace");
        refused(
                Console.tierdrill("record", "capture", "-i", "lo", "--port", "70000", "-o", trace),
                "--port: cannot use \"70000\". Allowed: from 1 to 65535.",
                "See 'tierdrill record capture --help'.");
        refused(
                Console.tierdrill("record"),
                "Which command? tap, mirror or capture; 'tierdrill record --help' tells them apart.");
        refused(
                Console.tierdrill("record", "capture", "-i", "lo", "--port", "80", "-o", trace(1)),
                "cannot be gone on with: it was written without masking, and this recording masks",
                "Give --no-redaction, or write to another file.");
    }

    @Test
    void doesNotRenderAFolderThatHoldsNoRun() {
        refused(
                Console.tierdrill("report", folder),
                folder + ": is not a run folder: it has no scenario.yaml",
                "  'tierdrill rehearse' makes one.",
                "1 problem; nothing was started.");
    }

    @Test
    void doesNotWriteIntoAFolderThatHoldsSomething() throws IOException {
        Files.writeString(folder.resolve("precious"), "keep me");

        refused(
                Console.tierdrill("rehearse", Path.of("..", "scenarios", "quickstart.yaml"), "--out", folder),
                folder + ": exists already; nothing was overwritten");
        assertThat(folder.resolve("precious")).hasContent("keep me");
    }

    /** Every line expected stands in what was printed, in this order, and nothing went to standard output. */
    private static void refused(Console console, String... lines) {
        assertThat(console.err()).containsSubsequence(lines);
        assertThat(console.status()).as(console.err()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.out()).isEmpty();
    }

    private Path trace(int requests) throws IOException {
        Path file = Files.createTempDirectory(folder, "trace").resolve("small.trace");
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (RequestRecord request : requests(requests)) writer.write(request);
        }
        return file;
    }

    private static List<RequestRecord> requests(int count) {
        return Stream.iterate(0L, i -> i + 1)
                .limit(count)
                .map(i -> new RequestRecord(
                        i * 1_000_000,
                        "192.0.2.1",
                        "",
                        "",
                        "http",
                        "GET",
                        "shop.test",
                        "/" + i,
                        List.of(),
                        RequestRecord.Body.none(),
                        Optional.empty()))
                .toList();
    }
}
