package io.tierdrill.cli;

import io.tierdrill.load.Injector;
import io.tierdrill.load.LoadConfig;
import io.tierdrill.load.Schedule;
import io.tierdrill.load.Schedules;
import io.tierdrill.load.Target;
import io.tierdrill.load.live.Live;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RequestSampleWriter;
import io.tierdrill.model.run.Stopped;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.time.StartableClock;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.scenarios.SafeMethods;
import io.tierdrill.scenarios.TargetConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The injector alone. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Replays a trace, open loop and on time, against any address that may be loaded.",
        footer = {"", "Example:  tierdrill replay peak.trace --target http://127.0.0.1:8080 --speed 2 --duration 30s"})
final class ReplayCommand implements Callable<Integer> {
    /** From 'ready' to the first due request. */
    private static final Duration LEAD = Duration.ofMillis(200);

    @Parameters(index = "0", paramLabel = "TRACE", description = "A trace that 'record' or 'import' made.")
    private Path trace;

    @Option(names = "--target", paramLabel = "URL", description = "Such as http://127.0.0.1:8080, or https.")
    private String url;

    @Option(
            names = "--dry-run",
            description = "Say what would be sent and when, in the words of 'inspect'. No target needed.")
    private boolean dryRun;

    @Option(
            names = "--allow",
            paramLabel = "HOST",
            split = ",",
            description = "A host beyond loopback that is yours to load. Nothing else is ever aimed at.")
    private List<String> allow = List.of();

    @Option(names = "--unsafe-methods", description = "Send POST, PUT, PATCH and DELETE to such hosts as well.")
    private boolean unsafeMethods;

    @ArgGroup
    private Pace pace = new Pace();

    /** At most one of these. */
    static final class Pace {
        @Option(names = "--speed", paramLabel = "X", description = "X times as fast: shorter gaps.")
        private Double speed;

        @Option(names = "--rate", paramLabel = "N", description = "N requests a second on average, bursts kept.")
        private Double rate;

        @Option(
                names = "--scale",
                paramLabel = "N",
                description = "N times the users: clones with new identities. Below 1: a sample of the users.")
        private Double scale;
    }

    @Option(names = "--duration", paramLabel = "D", description = "Stop after this long. Default: the whole trace.")
    private Optional<Duration> duration;

    @Option(names = "--loop", description = "Begin again at the end of the trace, until --duration.")
    private boolean loop;

    @Option(names = "--timeout", paramLabel = "D", description = "For each request. Default: 10s.")
    private Optional<Duration> timeout;

    @Option(
            names = "--client-header",
            paramLabel = "NAME",
            description = "Tell each request's recorded client in this header, such as X-Forwarded-For.")
    private Optional<String> clientHeader;

    @Option(
            names = "--user-header",
            paramLabel = "NAME",
            description = "Tell each request's recorded user in this header.")
    private Optional<String> userHeader;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--requests", paramLabel = "FILE", description = "Keep one sample per request (Avro).")
    private Optional<Path> requests;

    @Option(names = "--hlog", paramLabel = "FILE", description = "Keep the histograms (HdrHistogram log).")
    private Optional<Path> hlog;

    @Mixin
    private ShapeOptions shape;

    @Mixin
    private ResolverOptions resolvers;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Mixin
    private ConnectionOptions connections;

    @Mixin
    private LiveOptions live;

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private JsonOutput json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, BadInputException, InterruptedException {
        if (dryRun) return dryRun();
        TargetConfig target = target();
        TraceReader.open(trace).close();
        LoadConfig load = load();
        try (Schedule all = Schedules.of(load, length(load), new Seeds(seed));
                Schedule schedule = SafeMethods.filter(target, all)) {
            schedule.remarks().forEach(spec.commandLine().getErr()::println);
            Injection injection = replay(load, schedule, target);
            PrintWriter out = spec.commandLine().getOut();
            json.write(out, injection);
            if (!json.takesStandardOutput())
                out.print(InjectionText.of(injection, leftOut(schedule)) + CheckText.of(injection));
            out.flush();
            return status(injection);
        }
    }

    private int dryRun() throws IOException, BadInputException {
        LoadConfig load = load();
        if (loop && duration.isEmpty() && load.end().isEmpty())
            throw new ParameterException(
                    spec.commandLine(),
                    "--dry-run of a --loop never ends: give --duration, or a --shape that has an end.");
        PrintWriter out = spec.commandLine().getOut();
        try (Schedule schedule = Schedules.toLookAt(load, length(load), new Seeds(seed))) {
            DryRun description = DryRun.of(schedule, seed);
            json.write(out, description);
            if (!json.takesStandardOutput()) description.print(out);
        }
        out.flush();
        return ExitStatus.GO;
    }

    /** Of a shape that has an end, that; of a trace, all of it. */
    private Duration length(LoadConfig load) {
        return duration.or(load::end).orElse(Duration.ofDays(365));
    }

    /** A broken rule of abortOn, or too many unexpected answers, is the target's failure where the injector can be trusted. */
    private static int status(Injection injection) {
        if (!injection.status().equals("VALID")) return ExitStatus.INVALID;
        boolean broken = injection.stopped().flatMap(Stopped::rule).isPresent();
        return broken || CheckText.failed(injection) ? ExitStatus.NO_GO : ExitStatus.GO;
    }

    private Injection replay(LoadConfig load, Schedule schedule, TargetConfig target)
            throws IOException, BadInputException, InterruptedException {
        NanoClock system = NanoClock.system();
        StartableClock clock = new StartableClock(system);
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), system);
                Live watch = Live.open(load.live());
                Samples samples = Samples.to(requests)) {
            watch.url().ifPresent(url -> progress.phase("metrics on " + url));
            Injector injector = samples.sink().isPresent()
                    ? new Injector(load.injector(), watch, clock, samples.sink().get())
                    : new Injector(load.injector(), watch, clock);
            injector.with(load.rules(), load.check());
            Target aim = new Target(target.host(), target.port(), Optional.empty(), target.secure());
            injector.practise(aim, system);
            Injection injection = injector.run(schedule, aim, engine.warmupNanos(), hlog, transport -> {
                progress.phase("sending over " + transport);
                progress.sending(injector::progress, injector::stop);
                clock.start(system.nanos() + LEAD.toNanos() + engine.warmupNanos());
            });
            progress.sent();
            return injection;
        }
    }

    private TargetConfig target() throws BadInputException {
        if (url == null) throw new ParameterException(spec.commandLine(), "Missing required option: '--target=URL'");
        TargetConfig target = TargetConfig.parse(url, allow, unsafeMethods)
                .orElseThrow(() -> new BadInputException(
                        new Problem("--target", "", "cannot use \"" + url + "\"", TargetConfig.URL_HELP)));
        if (target.permitted()) return target;
        throw new BadInputException(new Problem(
                "--target",
                "",
                "\"" + target.host() + "\" is not allowed as a target",
                "Loopback is always allowed. If this host is yours to load, add '--allow " + target.host() + "'."));
    }

    /** The options as the settings they stand for, so that one reader checks both. */
    private LoadConfig load() throws BadInputException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("trace", trace.toAbsolutePath().toString());
        if (pace.speed != null) settings.put("speed", pace.speed);
        if (pace.rate != null) settings.put("rate", pace.rate);
        if (pace.scale != null) settings.put("scale", pace.scale);
        if (loop) settings.put("loop", true);
        shape.putInto(settings);
        resolvers.putInto(settings);
        timeout.ifPresent(t -> settings.put("timeout", DurationText.format(t)));
        live.putInto(settings);
        Map<String, Object> identity = new LinkedHashMap<>();
        clientHeader.ifPresent(h -> identity.put("client", h));
        userHeader.ifPresent(h -> identity.put("user", h));
        if (!identity.isEmpty()) settings.put("identity", identity);
        engine.putInto(settings);
        connections.putInto(settings);
        rules.putInto(settings);
        Problems problems = new Problems();
        ConfigNode node = ConfigFile.parse("command line", ConfigFile.write(settings), problems);
        LoadConfig load = LoadConfig.from(node, Path.of("").toAbsolutePath());
        Options.throwIfAny(spec, problems);
        return load;
    }

    private static long leftOut(Schedule schedule) {
        return schedule instanceof SafeMethods safe ? safe.leftOut() : 0;
    }

    /** Where the request samples go, if anywhere. */
    private record Samples(Optional<Consumer<RequestSample>> sink, AutoCloseable file) implements AutoCloseable {
        static Samples to(Optional<Path> path) throws IOException {
            if (path.isEmpty()) return new Samples(Optional.empty(), () -> {});
            RequestSampleWriter writer = RequestSampleWriter.create(path.get());
            return new Samples(Optional.of(writer), writer);
        }

        @Override
        public void close() throws IOException {
            try {
                file.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
