package io.tierdrill.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.LiveMetrics;
import io.tierdrill.recorder.live.LiveText;
import io.tierdrill.recorder.live.MetricsEndpoint;
import io.tierdrill.recorder.packets.CaptureAccount;
import io.tierdrill.recorder.packets.CaptureOptions;
import io.tierdrill.recorder.packets.CaptureRecording;
import io.tierdrill.recorder.packets.CaptureText;
import io.tierdrill.recorder.packets.LiveCapture;
import io.tierdrill.targets.process.HostPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Packets, by way of tcpdump, until Ctrl-C or the end of the time given. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        description =
                "Records HTTP (within TLS too, given its keys) and DNS from the wire until Ctrl-C, and accounts for every packet.",
        footer = {
            "",
            "Examples:  tierdrill record capture --interface eth0 --port 80 -o peak.trace --duration 10m",
            "           tierdrill record capture --interface eth0 --port 443 -o recorded --tls-keys /run/keys.log"
        })
final class RecordCaptureCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(500);

    @Option(
            names = {"-i", "--interface"},
            required = true,
            paramLabel = "IF",
            description = "Where to listen, as 'ip link' names it.")
    private String networkInterface;

    @Option(
            names = "--port",
            required = true,
            split = ",",
            paramLabel = "N",
            description = "The port of the service; several separated by commas.")
    private List<Integer> ports;

    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            defaultValue = "127.0.0.1:0",
            description = "Where to serve /metrics and /healthz. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress metrics;

    @Mixin
    private TlsKeyOptions tlsKeys;

    @Mixin
    private RecordingOptions recording;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    /** What {@code --json} writes: the account of an import of packets, and beside it what became of the requests. */
    record Result(@JsonUnwrapped CaptureAccount capture, LiveAccount recording) {}

    @Override
    public Integer call() throws IOException, BadInputException, InterruptedException {
        Duration most = recording.duration().orElse(Duration.ofDays(365));
        LiveCapture what = what();
        String source = "record capture on " + networkInterface;
        LiveConfig config = recording.config("capture", source, CaptureRecording.pace());
        CaptureOptions options =
                CaptureOptions.defaults().withTlsKeys(tlsKeys.file()).withRedaction(config.redaction());
        CountDownLatch shown = new CountDownLatch(1);
        CaptureRecording.practise(options);
        try (CaptureRecording capture = CaptureRecording.start(what, config, options, Clock.systemUTC());
                MetricsEndpoint page = MetricsEndpoint.start(metrics, () -> page(capture))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(capture, shown), "record-stop"));
            tell(page);
            listen(capture, most);
            show(capture.finish(), capture.recording());
        } finally {
            shown.countDown();
        }
        return ExitStatus.GO;
    }

    private LiveCapture what() {
        for (int port : ports)
            if (port < 1 || port > 65_535)
                throw new ParameterException(
                        spec.commandLine(), "--port: cannot use \"" + port + "\". Allowed: from 1 to 65535.");
        return LiveCapture.of(networkInterface, ports);
    }

    private static String page(CaptureRecording capture) {
        return LiveMetrics.text(capture.recording()) + CaptureText.metrics(capture.packets(), capture.kernelDrops());
    }

    private void tell(MetricsEndpoint page) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("capture listens on " + networkInterface + ", metrics on http://" + HostPort.format(page.address())
                + "/metrics");
        err.flush();
    }

    /** On Ctrl-C the process ends when its hooks have: let the account be shown first. */
    private static void stop(CaptureRecording capture, CountDownLatch shown) {
        capture.stop();
        try {
            shown.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(CaptureRecording capture, Duration most) throws InterruptedException {
        NanoClock clock = NanoClock.system();
        long end = clock.nanos() + most.toNanos();
        try (Notice notice = Notice.on(spec.commandLine().getErr(), clock)) {
            for (long left = end - clock.nanos(); left > 0; left = end - clock.nanos()) {
                if (capture.awaitEnd(Duration.ofNanos(Math.min(left + 1_000_000, LOOK.toNanos())))) return;
                notice.say(progress(capture));
            }
        }
    }

    private static String progress(CaptureRecording capture) {
        LiveAccount account = capture.recording();
        return String.format(
                Locale.ROOT,
                "recording: %,d packets, %,d requests, dropped %,d",
                capture.packets(),
                account.recorded(),
                account.droppedInAll());
    }

    private void show(CaptureAccount packets, LiveAccount requests) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        json.write(out, new Result(packets, requests));
        if (json.takesStandardOutput()) return;
        out.print(CaptureText.of(packets));
        out.print(LiveText.of(requests));
        out.println(requests.recorded() > 0 ? "wrote to " + recording.output() : "no request came");
        out.flush();
    }
}
