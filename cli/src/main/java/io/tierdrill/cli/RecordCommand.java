package io.tierdrill.cli;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.packets.CaptureAccount;
import io.tierdrill.recorder.packets.CaptureOptions;
import io.tierdrill.recorder.packets.CaptureRecording;
import io.tierdrill.recorder.packets.CaptureText;
import io.tierdrill.recorder.packets.LiveCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Live traffic into a trace. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Records live traffic into a trace.",
        subcommands = {RecordTapCommand.class, RecordMirrorCommand.class, RecordCommand.Capture.class})
final class RecordCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which command? tap, mirror or capture; 'tierdrill record --help' tells them apart.");
    }

    /** Packets, by way of tcpdump, until Ctrl-C or the end of the time given. */
    @Command(
            name = "capture",
            mixinStandardHelpOptions = true,
            description =
                    "Records HTTP (within TLS too, given its keys) and DNS from the wire until Ctrl-C, and accounts for every packet.",
            footer = {
                "",
                "Examples:  tierdrill record capture --interface eth0 --port 80 -o peak.trace --duration 10m",
                "           tierdrill record capture --interface eth0 --port 443 -o peak.trace --tls-keys /run/keys.log"
            })
    static final class Capture implements Callable<Integer> {
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
                names = {"-o", "--output"},
                required = true,
                paramLabel = "TRACE",
                description = "The trace to write; a new file.")
        private Path output;

        @Option(names = "--duration", paramLabel = "D", description = "Ends by itself after so long, such as 10m.")
        private Optional<Duration> duration;

        @Mixin
        private TlsKeyOptions tlsKeys;

        @Mixin
        private RedactionOptions redaction;

        @Mixin
        private JsonOutput json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, BadInputException, InterruptedException {
            Options.withinDay(spec, "--duration", duration);
            CaptureOptions options =
                    CaptureOptions.defaults().withTlsKeys(tlsKeys.file()).withRedaction(redaction.config());
            CountDownLatch shown = new CountDownLatch(1);
            LiveCapture what = what();
            CaptureRecording.practise(options);
            try (CaptureRecording recording = CaptureRecording.start(what, output, options)) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(recording, shown), "record-stop"));
                listen(recording);
                show(recording.finish());
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

        /** On Ctrl-C the process ends when its hooks have: let the account be shown first. */
        private static void stop(CaptureRecording recording, CountDownLatch shown) {
            recording.stop();
            try {
                shown.await();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }

        private void listen(CaptureRecording recording) throws InterruptedException {
            NanoClock clock = NanoClock.system();
            long end = clock.nanos() + duration.orElse(Duration.ofDays(365)).toNanos();
            try (Notice notice = Notice.on(spec.commandLine().getErr(), clock)) {
                for (long left = end - clock.nanos(); left > 0; left = end - clock.nanos()) {
                    if (recording.awaitEnd(Duration.ofNanos(Math.min(left + 1_000_000, LOOK.toNanos())))) return;
                    notice.say(String.format(Locale.ROOT, "recording: %,d packets", recording.packets()));
                }
            }
        }

        private void show(CaptureAccount account) throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            json.write(out, account);
            if (json.takesStandardOutput()) return;
            out.print(CaptureText.of(account));
            out.println(account.imported() > 0 ? "wrote " + output : "no request came; nothing was written");
        }
    }
}
