package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.Quota;
import io.tierdrill.recorder.live.Rotation;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CaptureRecordingTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    private Path folder;

    private final long anHourAgo =
            System.currentTimeMillis() - Duration.ofHours(1).toMillis();

    @Test
    void recordsEveryRequestOnLoopback() throws Exception {
        needsCapture(folder);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Path trace = folder.resolve("live.trace");
        // On a busy machine the server may take longer than a recording waits by default.
        CaptureOptions patient = CaptureOptions.defaults().withHeldFor(Duration.ofSeconds(10));
        try (CaptureRecording recording = CaptureRecording.start(
                LiveCapture.of("lo", List.of(server.getAddress().getPort())), trace, patient, Clock.systemUTC())) {
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < 200; i++) get(client, server, "/" + i);
            CaptureAccount account = recording.finish();

            assertThat(account.rejected()).isEmpty();
            assertThat(account.packets().kernelDrops()).isZero();
            assertThat(account.packets().seen())
                    .isEqualTo(account.inputs().get(0).packets());
        } finally {
            server.stop(0);
        }
        assertThat(Imported.read(trace))
                .hasSize(200)
                .allMatch(r -> r.response().orElseThrow().latencyNanos().orElseThrow() > 0)
                .extracting(RequestRecord::path)
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "/" + i).toList());
    }

    @Test
    void tellsWhileItRunsHowMuchTheKernelDropped() throws Exception {
        needsCapture(folder);
        Path trace = folder.resolve("live.trace");
        try (CaptureRecording recording = CaptureRecording.start(
                LiveCapture.of("lo", List.of(9)), trace, CaptureOptions.defaults(), Clock.systemUTC())) {
            assertThat(CaptureText.metrics(recording.packets(), recording.kernelDrops()))
                    .doesNotContain("kernel_drops");
            KilledCaptureTest.await(() -> recording.kernelDrops().isPresent());

            assertThat(CaptureText.metrics(recording.packets(), recording.kernelDrops()))
                    .contains("# TYPE tierdrill_capture_kernel_drops_total counter\n")
                    .endsWith("\ntierdrill_capture_kernel_drops_total 0\n");
            recording.finish();
        }
    }

    private static void get(HttpClient client, HttpServer server, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        assertThat(status).isEqualTo(204);
    }

    /** Skips the test where nobody may capture; in CI that is a failure. */
    static void needsCapture(Path folder) throws IOException, InterruptedException {
        String missing = "no tcpdump that may capture on lo (Debian: apt-get install tcpdump)";
        boolean may = mayCapture(folder);
        if ("true".equals(System.getenv("CI"))) assertThat(may).as(missing).isTrue();
        Assumptions.assumeTrue(may, missing);
    }

    private static boolean mayCapture(Path folder) throws IOException, InterruptedException {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "tcpdump")));
        if (!installed) return false;
        try {
            LiveCapture discard = LiveCapture.of("lo", List.of(9));
            CaptureRecording.start(discard, folder.resolve("trial"), CaptureOptions.defaults(), Clock.systemUTC())
                    .close();
            return true;
        } catch (BadInputException notAllowed) {
            return false;
        }
    }

    @Test
    void readsAPipeAndTheDropsThatAreToldAtItsEnd() throws Exception {
        PacketLab lab = new PacketLab();
        lab.talk()
                .open()
                .request("GET /a HTTP/1.1\r\n\r\n")
                .response("HTTP/1.1 204 No\r\n\r\n")
                .close();
        Path capture = lab.write(folder);
        Path trace = folder.resolve("live.trace");
        CaptureAccount account;
        try (CaptureRecording recording = pretend(
                trace,
                "echo 'tcpdump: listening on lo, link-type EN10MB' >&2; cat " + capture
                        + "; echo '8 packets captured' >&2; echo '7 packets dropped by kernel' >&2")) {
            assertThat(recording.awaitEnd(Duration.ofSeconds(30))).isTrue();
            account = recording.finish();
        }

        assertThat(account.imported()).isEqualTo(1);
        assertThat(account.packets().seen()).isEqualTo(lab.size());
        assertThat(account.packets().kernelDrops()).isEqualTo(7);
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.footer()).contains(new TraceFooter(Map.of("kernel-packets", 7L), true));
        }
        assertThat(Imported.read(trace)).extracting(RequestRecord::path).containsExactly("/a");
    }

    @Test
    void endsOnRequestWithTheLastOnesThoughTheKernelHandsThemOverLater() throws Exception {
        PacketLab lab = new PacketLab();
        lab.talk().open().request("GET /last HTTP/1.1\r\n\r\n").response("HTTP/1.1 204 No\r\n\r\n");
        Path capture = lab.write(folder);
        Path trace = folder.resolve("live.trace");
        String lateAsTheRing = "echo 'tcpdump: listening on lo' >&2; sleep 0.9; cat " + capture + "; exec sleep 30";
        CaptureAccount account;
        try (CaptureRecording recording = pretendOld(trace, lateAsTheRing)) {
            account = recording.finish();
        }

        assertThat(account.imported()).isEqualTo(1);
    }

    @Test
    void endsOnRequestAlsoWhenNoPacketEverCame() throws Exception {
        Path capture = new PacketLab().write(folder);
        String header = "echo 'tcpdump: listening on lo' >&2; cat " + capture + "; exec sleep 50";
        try (CaptureRecording recording = pretend(folder.resolve("x.trace"), header)) {
            recording.stop();
            assertThat(recording.awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(recording.finish().packets().seen()).isZero();
        }
        assertThat(folder.resolve("x.trace")).doesNotExist();
    }

    @Test
    void saysWhyTcpdumpDoesNotListen() {
        assertThatThrownBy(
                        () -> pretendOld(folder.resolve("t"), "echo 'tcpdump: lo9: No such device exists' >&2; exit 1"))
                .hasMessage(String.join(
                        NL,
                        "lo: tcpdump ended before it listened: tcpdump: lo9: No such device exists",
                        "  It must know the interface ('tcpdump -D' lists them) and may need root or the capability "
                                + "CAP_NET_RAW.",
                        "1 problem; nothing was started."));
    }

    @Test
    void saysThatThereIsNoTcpdump() {
        LiveCapture what = LiveCapture.of("lo", List.of(80)).withTcpdump(List.of("/no/such/tcpdump"));

        assertThatThrownBy(() ->
                        CaptureRecording.start(what, folder.resolve("t"), CaptureOptions.defaults(), Clock.systemUTC()))
                .hasMessageStartingWith("/no/such/tcpdump: cannot be started: ")
                .hasMessageContaining("Packets are captured by tcpdump. Install it (Debian: apt-get install tcpdump).");
    }

    @Test
    void neverOverwritesWhatIsNoTraceOrMaskedUnderAnotherKey() throws Exception {
        Path precious = Files.writeString(folder.resolve("t"), "precious");

        assertThatThrownBy(() -> pretend(precious, "exit 1")).hasMessageContaining("is not a trace");
        assertThat(precious).hasContent("precious");
        Path trace = folder.resolve("x.trace");
        play(LiveConfig.file(trace, "a test"), requests(1, 0));
        assertThatThrownBy(() -> play(LiveConfig.file(trace, "a test"), requests(1, 0)))
                .hasMessageContaining("cannot be gone on with: it was masked under the key with id ");
        assertThat(Imported.read(trace)).hasSize(1);
    }

    @Test
    void goesOnWithATraceOfTheSameKeyAndAddsUpWhatItMasked() throws Exception {
        LiveConfig config = LiveConfig.file(folder.resolve("x.trace"), "a test");
        LiveAccount first = play(config, requests(3, 0));
        LiveAccount second = play(config, requests(2, 60_000));

        assertThat(first.recorded()).isEqualTo(3);
        assertThat(first.masked()).containsEntry("connection", 3L);
        assertThat(second.recorded()).isEqualTo(2);
        List<RequestRecord> all = Imported.read(folder.resolve("x.trace"));
        assertThat(all).extracting(RequestRecord::path).containsExactly("/0", "/1", "/2", "/0", "/1");
        assertThat(all.get(3).offsetNanos() - all.get(0).offsetNanos()).isEqualTo(60_000_000_000L);
    }

    @Test
    void startsANewTraceWhenTheTimeOfOneIsOverAndKeepsToItsQuota() throws Exception {
        LiveConfig config =
                LiveConfig.folder(folder, "shop", "a test").withRotation(new Rotation(1 << 20, Duration.ofSeconds(10)));
        LiveAccount account = play(config, requests(30, 0));

        assertThat(account.recorded()).isEqualTo(30);
        assertThat(account.files()).isEqualTo(3);
        List<Path> traces = traces();
        assertThat(traces).hasSize(3);
        for (Path trace : traces) assertThat(Imported.read(trace)).hasSize(10);

        CaptureAccount full = playForPackets(
                config.withQuota(new Quota(1, Quota.WhenFull.STOP)).withRotation(Rotation.never()), requests(5, 0));
        assertThat(full.rejected()).containsEntry("not-written", 5L).hasSize(1);
        assertThat(full.read()).isEqualTo(5);
        assertThat(CaptureText.of(full)).contains("  5 not-written: the disk failed or its quota was used up");
        assertThat(traces()).hasSizeBetween(3, 4);
    }

    private List<Path> traces() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".trace")).sorted().toList();
        }
    }

    /** One a second, from an hour ago on. */
    private Path requests(int count, int laterMillis) throws IOException {
        PacketLab lab = new PacketLab();
        lab.later(anHourAgo - PacketLab.START_NANOS / 1_000_000 + laterMillis);
        PacketLab.Talk talk = lab.talk().open();
        for (int i = 0; i < count; i++) {
            talk.request("GET /" + i + " HTTP/1.1\r\n\r\n").response("HTTP/1.1 204 No\r\n\r\n");
            lab.later(1000);
        }
        return lab.write(Files.createTempDirectory(folder, "capture"));
    }

    private static LiveAccount play(LiveConfig config, Path capture) throws Exception {
        try (CaptureRecording recording = recorded(config, capture)) {
            recording.finish();
            return recording.recording();
        }
    }

    private static CaptureAccount playForPackets(LiveConfig config, Path capture) throws Exception {
        try (CaptureRecording recording = recorded(config, capture)) {
            return recording.finish();
        }
    }

    /** Ended by itself. */
    private static CaptureRecording recorded(LiveConfig config, Path capture) throws Exception {
        String script = "exec >&3; echo 'tcpdump: listening on lo' >&2; cat " + capture;
        LiveCapture what = LiveCapture.of("lo", List.of(80)).withTcpdump(List.of("sh", "-c", script, "tcpdump"));
        CaptureRecording recording = CaptureRecording.start(what, config, CaptureOptions.defaults(), Clock.systemUTC());
        assertThat(recording.awaitEnd(Duration.ofSeconds(30))).isTrue();
        return recording;
    }

    @Test
    void asksTcpdumpForWhatItNeeds() {
        List<String> prompt = LiveCapture.of("eth0", List.of(80, 8080)).promptCommand();
        List<String> plain = LiveCapture.of("eth0", List.of(80, 8080)).plainCommand();

        assertThat(plain)
                .startsWith("tcpdump", "-i")
                .containsSequence("-w", "-")
                .doesNotContain("--print");
        assertThat(prompt)
                .containsExactly(
                        "tcpdump",
                        "-i",
                        "eth0",
                        "-n",
                        "-U",
                        "-B",
                        "131072",
                        "--print",
                        "-l",
                        "-q",
                        "-t",
                        "--time-stamp-precision=nano",
                        "-w",
                        "/dev/fd/3",
                        "(port 80 or port 8080) and not (tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) = 0"
                                + " and ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) = 0)"
                                + " and not (ip6[6] = 6 and ip6[53] & 7 = 0"
                                + " and ip6[4:2] - ((ip6[52] & 0xf0) >> 2) = 0)");
    }

    /** A shell that plays tcpdump's part; the arguments go unread. */
    private static CaptureRecording pretend(Path trace, String script) throws Exception {
        return start(trace, "exec >&3; " + script);
    }

    /** One that knows nothing of --print. */
    private static CaptureRecording pretendOld(Path trace, String script) throws Exception {
        return start(trace, "case \"$*\" in *--print*) echo 'unrecognized option' >&2; exit 1;; esac; " + script);
    }

    private static CaptureRecording start(Path trace, String script) throws Exception {
        LiveCapture what = LiveCapture.of("lo", List.of(80)).withTcpdump(List.of("sh", "-c", script, "tcpdump"));
        return CaptureRecording.start(what, trace, CaptureOptions.defaults(), Clock.systemUTC());
    }
}
