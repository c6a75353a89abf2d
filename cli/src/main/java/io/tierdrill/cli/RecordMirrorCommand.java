package io.tierdrill.cli;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.LiveMetrics;
import io.tierdrill.recorder.live.LiveRecording;
import io.tierdrill.recorder.live.LiveText;
import io.tierdrill.recorder.live.MetricsEndpoint;
import io.tierdrill.recorder.mirror.MirrorAccount;
import io.tierdrill.recorder.mirror.MirrorConfig;
import io.tierdrill.recorder.mirror.MirrorEndpoint;
import io.tierdrill.recorder.mirror.MirrorText;
import io.tierdrill.targets.process.HostPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies of requests, as proxies send them, until Ctrl-C or the end of the time given. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description = "Records the copies of requests that nginx (mirror), Envoy (request mirroring) or GoReplay send.",
        footer = {"", "Example:  tierdrill record mirror --listen 127.0.0.1:9090 -o recorded --duration 1h"})
final class RecordMirrorCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            required = true,
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            description = "Where the proxy sends copies; a port alone is one of the loopback.")
    private InetSocketAddress listen;

    @Option(
            names = "--trust-headers",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Believe X-Real-IP, X-Request-Start and the like; whoever reaches the port can invent them. "
                    + "Default: ${DEFAULT-VALUE}.")
    private boolean trustHeaders;

    @Option(
            names = "--host-suffix",
            paramLabel = "S",
            defaultValue = "-shadow",
            description = "Taken off the host. Default: ${DEFAULT-VALUE}, which Envoy appends.")
    private String hostSuffix;

    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            defaultValue = "127.0.0.1:0",
            description = "Where to serve /metrics and /healthz. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress metrics;

    @Mixin
    private RecordingOptions recording;

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    /** What {@code --json} writes. */
    record Result(LiveAccount recording, MirrorAccount mirror) {}

    @Override
    public Integer call() throws Exception {
        NanoClock clock = NanoClock.system();
        var config = recording.config("mirror", "record mirror", MirrorEndpoint.pace());
        MirrorConfig how =
                MirrorConfig.defaults(listen).withTrustHeaders(trustHeaders).withHostSuffix(hostSuffix);
        try (UntilStopped end = new UntilStopped(clock, recording.duration());
                LiveRecording live = LiveRecording.start(config, clock, Clock.systemUTC())) {
            MirrorEndpoint mirror = MirrorEndpoint.start(how, live, clock);
            try (mirror;
                    MetricsEndpoint page = MetricsEndpoint.start(metrics, () -> page(live, mirror))) {
                tell("mirror listens on " + HostPort.format(mirror.address()) + ", metrics on http://"
                        + HostPort.format(page.address()) + "/metrics");
                listen(end, live, clock);
            }
            show(live.finish(), mirror.account());
        }
        return ExitStatus.GO;
    }

    private static String page(LiveRecording live, MirrorEndpoint mirror) {
        return LiveMetrics.text(live.account()) + MirrorText.metrics(mirror.account());
    }

    private void listen(UntilStopped end, LiveRecording live, NanoClock clock) throws InterruptedException {
        try (Notice notice = Notice.on(spec.commandLine().getErr(), clock)) {
            end.await(() -> notice.say(progress(live.account())));
        }
    }

    static String progress(LiveAccount account) {
        return String.format(
                Locale.ROOT, "recording: %,d requests, dropped %,d", account.recorded(), account.droppedInAll());
    }

    private void tell(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void show(LiveAccount account, MirrorAccount copies) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        json.write(out, new Result(account, copies));
        if (json.takesStandardOutput()) return;
        out.print(MirrorText.of(copies));
        out.print(LiveText.of(account));
        out.println(account.recorded() > 0 ? "wrote to " + recording.output() : "no request came");
        out.flush();
    }
}
