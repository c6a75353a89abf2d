package io.tierdrill.cli;

import io.tierdrill.lb.Balancers;
import io.tierdrill.lb.Listen;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.LiveRecording;
import io.tierdrill.recorder.live.LiveText;
import io.tierdrill.recorder.live.Pace;
import io.tierdrill.targets.process.HostPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The reference L7 in front of a service, recording what it carries, until Ctrl-C or the end of the time given. */
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        description = "Forwards requests to a service, and records them with what came back.",
        footer = {
            "",
            "Example:  tierdrill record tap --listen 127.0.0.1:8080 --upstream 127.0.0.1:8081 -o recorded",
            "If the disk cannot keep up, requests are forwarded all the same; what is not recorded is counted."
        })
final class RecordTapCommand implements Callable<Integer> {
    private static final String SETTINGS = "record tap";

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            description = "Where to take requests; a port alone is one of the loopback.")
    private InetSocketAddress listen;

    @Option(
            names = "--upstream",
            required = true,
            split = ",",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            description = "Where to forward them; several separated by commas take turns.")
    private List<InetSocketAddress> upstreams;

    @Option(
            names = "--health-path",
            paramLabel = "PATH",
            description = "Asks each upstream for it every second and leaves out those that do not answer well. "
                    + "Default: none is asked and all are used.")
    private Optional<String> healthPath;

    @Option(names = "--tls-certificate", paramLabel = "PEM", description = "Takes HTTPS with this certificate.")
    private Optional<Path> certificate;

    @Option(names = "--tls-key", paramLabel = "PEM", description = "The key of the certificate.")
    private Optional<Path> key;

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
    record Result(LiveAccount recording) {}

    @Override
    public Integer call() throws Exception {
        NanoClock clock = NanoClock.system();
        ConfigNode settings = settings();
        var config = recording.config("tap", "record tap", Pace.defaults());
        try (UntilStopped end = new UntilStopped(clock, recording.duration());
                LiveRecording live = LiveRecording.start(config, clock, Clock.systemUTC())) {
            carry(settings, live, end, clock);
            show(live.finish());
        }
        return ExitStatus.GO;
    }

    private void carry(ConfigNode settings, LiveRecording live, UntilStopped end, NanoClock clock)
            throws IOException, BadInputException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        InstanceId id = new InstanceId("tap", 1);
        Listen ports = new Listen(listen, metrics);
        try (TierInstance proxy = Balancers.start(TierKind.L7, id, ports, settings, new Seeds(1), clock, live);
                Notice notice = Notice.on(err, clock)) {
            proxy.wire(upstreams);
            err.println("tap listens on " + HostPort.format(proxy.traffic()) + ", metrics on http://"
                    + HostPort.format(proxy.admin()) + "/metrics");
            err.flush();
            end.await(() -> notice.say(RecordMirrorCommand.progress(live.account())));
        }
    }

    /**
     * A tap changes nothing on the way, and must not cut off what worked without it: long answers may take an hour, no
     * request waits for a connection before there are ten thousand, and unless asked to nobody decides that an upstream
     * is ill.
     */
    private ConfigNode settings() throws BadInputException {
        if (certificate.isPresent() != key.isPresent())
            throw new ParameterException(spec.commandLine(), "--tls-certificate and --tls-key: give both or none.");
        String tls = certificate
                .map(c -> "tls: {certificate: " + quoted(c.toAbsolutePath().toString()) + ", key: "
                        + quoted(key.orElseThrow().toAbsolutePath().toString()) + "}\n")
                .orElse("");
        String health = healthPath
                .map(path -> "healthCheck: {path: " + quoted(path) + "}\n")
                .orElse("healthCheck: {enabled: false}\n");
        Problems problems = new Problems();
        return ConfigFile.parse(
                SETTINGS,
                "instances: 1\ntransparent: true\nconnectionsPerUpstream: 10000\npending: 10000\nqueueTimeout: 30s\n"
                        + "responseTimeout: 1h\nidleTimeout: 5m\nrecord: {bodies: 1MiB}\n" + tls + health,
                problems);
    }

    /** As YAML reads it back, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void show(LiveAccount account) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        json.write(out, new Result(account));
        if (json.takesStandardOutput()) return;
        out.print(LiveText.of(account));
        out.println(account.recorded() > 0 ? "wrote to " + recording.output() : "no request came");
        out.flush();
    }
}
