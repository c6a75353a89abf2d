package io.tierdrill.load;

import io.tierdrill.load.check.CheckConfig;
import io.tierdrill.load.check.CheckTally;
import io.tierdrill.load.check.Expectations;
import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.engine.EngineConfig;
import io.tierdrill.load.engine.Engines;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.live.Live;
import io.tierdrill.load.live.Standing;
import io.tierdrill.load.loop.Descriptors;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.loop.Transport;
import io.tierdrill.load.order.Order;
import io.tierdrill.load.prepare.Ahead;
import io.tierdrill.load.prepare.Encoded;
import io.tierdrill.load.prepare.Encoding;
import io.tierdrill.load.prepare.Lanes;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.prepare.Plan;
import io.tierdrill.load.prepare.Planned;
import io.tierdrill.load.prepare.Reading;
import io.tierdrill.load.prepare.Upcoming;
import io.tierdrill.load.record.LoopRecord;
import io.tierdrill.load.record.RunRecord;
import io.tierdrill.load.rules.RulesConfig;
import io.tierdrill.load.wire.Dialer;
import io.tierdrill.load.wire.HttpSender;
import io.tierdrill.load.wire.WireLimits;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Checks;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RuleReport;
import io.tierdrill.model.run.Stopped;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Sends a schedule, open loop: each request when it is due, whatever the answers do. One thread or several pace and move
 * bytes, another reads the schedule ahead for them, one more keeps the histograms.
 *
 * <p>Latency runs from the due time. A stall of the injector makes requests late and leaves their due times where they
 * were; when that passes the limits, the result is INVALID. {@link #run} may be called once and works on the calling
 * thread; {@link #progress} and {@link #stop} are for any thread.
 */
public final class Injector {
    private final InjectorConfig config;
    private final NanoClock clock;
    private final Optional<Consumer<RequestSample>> samples;
    private final Live live;
    private RulesConfig rules = RulesConfig.none();
    private Optional<CheckConfig> check = Optional.empty();
    private volatile boolean stopping;
    private volatile Optional<Broken> broken = Optional.empty();
    private volatile Optional<Loops> loops = Optional.empty();
    private volatile Optional<RunRecord> record = Optional.empty();
    private Optional<Consumer<String>> ready = Optional.empty();
    private volatile long plannedNanos;
    private volatile long warmupNanos;

    /**
     * @param clock its zero is the start of the measured time
     * @param samples told of every request when it has ended, by one thread at a time; must not block
     */
    public Injector(InjectorConfig config, NanoClock clock, Consumer<RequestSample> samples) {
        this(config, Live.quiet(), clock, Optional.of(samples));
    }

    /** @param live watches the run and may end it; stays open */
    public Injector(InjectorConfig config, Live live, NanoClock clock, Consumer<RequestSample> samples) {
        this(config, live, clock, Optional.of(samples));
    }

    /** The same where nobody wants samples, which is cheaper. */
    public Injector(InjectorConfig config, Live live, NanoClock clock) {
        this(config, live, clock, Optional.empty());
    }

    private Injector(InjectorConfig config, Live live, NanoClock clock, Optional<Consumer<RequestSample>> samples) {
        this.config = config;
        this.live = live;
        this.clock = clock;
        this.samples = samples;
    }

    /** Changes requests by these rules, and holds answers against these checks. Said before the run. */
    public Injector with(RulesConfig rules, Optional<CheckConfig> check) {
        this.rules = rules;
        this.check = check;
        return this;
    }

    /**
     * Practises, for about half a second and at most once, on a responder of its own on loopback: what runs for the first
     * time is slow, and would make the first requests late. Before the run; costs it nothing, and what fails here fails
     * nothing.
     *
     * @param target what the run will aim at; nothing is sent there
     * @param wall a clock that runs
     * @return requests it practised with
     */
    public long practise(Target target, NanoClock wall) throws IOException, BadInputException, InterruptedException {
        Optional<Conversation> talk = Conversation.of(rules, check, clock);
        Choice choice = Choice.of(config, target, talk.flatMap(Conversation::reason), OptionalDouble.empty());
        return Practice.run(config, choice.transport(), samples.isPresent(), wall)
                .map(Injection::requests)
                .orElse(0L);
    }

    /**
     * Sends the schedule and waits for the last answers, at most the timeout. Request {@code i} is sent when the clock
     * reads {@code due_i - warmupNanos}; requests sent before zero are warm-up, told to the consumer of samples and left
     * out of the result. Before the first of them the name is resolved and the target probed, which takes a few
     * milliseconds (and the first time some hundred for loading classes): hand in a clock that leaves room for it. The
     * schedule is closed at the end.
     *
     * @param hlog where the histogram log is written, if anywhere
     * @throws BadInputException where the name does not resolve or nobody accepts connections; nothing was sent
     * @throws IOException where the trace or the histogram log fails
     */
    public Injection run(Schedule schedule, Target target, long warmupNanos, Optional<Path> hlog)
            throws IOException, BadInputException, InterruptedException {
        return run(schedule, target, warmupNanos, hlog, Optional.empty());
    }

    /**
     * The same, and requests are prepared as far ahead as the memory allows before anything is due.
     *
     * @param ready told of what will move the bytes when all is prepared; starts the clock
     */
    public Injection run(
            Schedule schedule, Target target, long warmupNanos, Optional<Path> hlog, Consumer<String> ready)
            throws IOException, BadInputException, InterruptedException {
        return run(schedule, target, warmupNanos, hlog, Optional.of(ready));
    }

    private Injection run(
            Schedule schedule, Target target, long warmupNanos, Optional<Path> hlog, Optional<Consumer<String>> ready)
            throws IOException, BadInputException, InterruptedException {
        this.ready = ready;
        this.plannedNanos = schedule.plannedNanos();
        this.warmupNanos = warmupNanos;
        Optional<Conversation> talk = Conversation.of(rules, check, clock);
        Choice choice = Choice.of(
                config,
                target,
                talk.flatMap(Conversation::reason).or(() -> messages(schedule)),
                schedule.busiestPerSecond());
        try (var plan = new SchedulePlan(Conversation.rewritten(talk, schedule));
                IoLoop loop = IoLoop.best();
                Dialer dialer = dialer(loop, target)) {
            if (config.wire().tls().namesAsRecorded()) plan.first().ifPresent(dialer::probeAs);
            var preparation = new Preparation(target, config.resolvers(), loop, dialer, clock);
            try (Addresses addresses = preparation.addresses();
                    RunRecord kept = new RunRecord(choice.loops(), hlog, live)) {
                record = Optional.of(kept);
                var encoder = new RequestEncoder(target.toString(), config.identity());
                var first = new Ground(loop, addresses);
                Injection injection = choice.transport() == Transport.NETTY
                        ? throughNetty(choice, plan, encoder, dialer, addresses, kept, talk)
                        : throughEngine(choice, plan, encoder, first, preparation, kept, talk, target.port());
                Optional<RuleReport> ruled = talk.flatMap(Conversation::report);
                Optional<Checks> checked = talk.isPresent() ? talk.get().checks() : Optional.empty();
                return injection.with(early(injection), ruled, checked);
            }
        }
    }

    private static Optional<String> messages(Schedule schedule) {
        return schedule.hasMessages() ? Optional.of("messages on WebSockets") : Optional.empty();
    }

    private Injection throughNetty(
            Choice choice,
            Plan plan,
            RequestEncoder encoder,
            Dialer dialer,
            Addresses addresses,
            RunRecord kept,
            Optional<Conversation> talk)
            throws IOException, BadInputException, InterruptedException {
        var limits = new WireLimits(
                config.layout(),
                config.maxConnections(),
                config.idleTimeout().toNanos(),
                config.timeout().toNanos());
        LoopRecord own = kept.loop(0);
        Consumer<RequestSample> endings = s -> {
            if (talk.isPresent() && talk.get().swallowsSample()) return;
            own.ended(
                    s.dueNanos(),
                    s.sentNanos() + s.heldNanos(),
                    s.heldNanos(),
                    s.doneNanos(),
                    s.outcome(),
                    s.status(),
                    s.responseBytes());
            samples.ifPresent(wanted -> wanted.accept(s));
        };
        try (Reading ahead = new Reading(plan);
                var sender = new HttpSender(
                        config.wire(),
                        limits,
                        dialer,
                        clock,
                        addresses,
                        encoder,
                        Conversation.dialogue(talk),
                        endings)) {
            Sender<Planned> gated = Conversation.around(talk, sender);
            return send(choice, ahead, kept, (i, all) -> run(all, i, sending(ahead, ahead, gated, own)));
        }
    }

    private Injection throughEngine(
            Choice choice,
            Plan plan,
            RequestEncoder encoder,
            Ground first,
            Preparation preparation,
            RunRecord kept,
            Optional<Conversation> talk,
            int port)
            throws IOException, BadInputException, InterruptedException {
        int count = choice.loops();
        Optional<Consumer<RequestSample>> told = count == 1 ? samples : samples.map(OneAtATime::new);
        Order order = config.wire().order();
        long memory = config.machinery().aheadBytes();
        Optional<Expectations> expected = talk.flatMap(Conversation::expectations);
        boolean clients = !config.wire().sources().isAny();
        Lanes lanes = new Lanes(config.layout());
        try (Encoding ahead = new Encoding(plan, encoder, lanes, order, expected, clients, count, memory)) {
            List<Optional<CheckTally>> tallies = IntStream.range(0, count)
                    .mapToObj(i -> talk.filter(t -> expected.isPresent()).map(Conversation::tally))
                    .toList();
            OnGround loop = (i, all, ground) -> {
                try (Sender<Encoded> sender = Engines.make(
                        choice.transport(),
                        engine(i, count, port),
                        clock,
                        ground.addresses(),
                        ground.names(),
                        kept.loop(i),
                        tallies.get(i),
                        told)) {
                    return run(all, i, sending(ahead, ahead.upcoming(i), sender, kept.loop(i)));
                }
            };
            return send(choice, ahead, kept, (i, all) -> {
                if (i == 0) return loop.run(i, all, first);
                try (Ground own = preparation.another()) {
                    return loop.run(i, all, own);
                }
            });
        }
    }

    private interface OnGround {
        LoopRun run(int loop, Loops all, Ground ground) throws InterruptedException;
    }

    /** What one of several loops keeps to: its part of everything. */
    private EngineConfig engine(int loop, int loops, int port) {
        Layout layout = config.layout();
        boolean pool = layout.mode() == Layout.Mode.POOL;
        return new EngineConfig(
                LoopCount.part(config.maxConnections(), loop, loops),
                pool ? LoopCount.part(layout.size(), loop, loops) : Integer.MAX_VALUE,
                LoopCount.part(Descriptors.forConnections(), loop, loops),
                config.wire().order() == Order.USER,
                config.idleTimeout().toNanos(),
                config.timeout().toNanos(),
                port,
                config.wire().sources());
    }

    private <R> Sending<R> sending(Ahead ahead, Upcoming<R> upcoming, Sender<R> sender, LoopRecord kept) {
        return new Sending<>(config, clock, ahead, upcoming, sender, kept, warmupNanos);
    }

    private static LoopRun run(Loops all, int loop, Sending<?> sending) throws InterruptedException {
        all.begin(loop, sending);
        return sending.run();
    }

    /** A loop that knows of the others. */
    private interface Part {
        LoopRun run(int loop, Loops all) throws IOException, BadInputException, InterruptedException;
    }

    private Injection send(Choice choice, Ahead ahead, RunRecord kept, Part part)
            throws IOException, BadInputException, InterruptedException {
        Begin begin = new Begin(choice, ahead);
        var all = new Loops(choice.loops(), begin);
        loops = Optional.of(all);
        if (stopping) all.stop();
        List<LoopRun> runs = all.run(i -> part.run(i, all));
        return Summary.of(
                runs, kept.finish(), config.limits(), plannedNanos - warmupNanos, ahead.cpuNanos(), begin.words);
    }

    /** What is done when all loops are ready to send. */
    private final class Begin implements Loops.Before {
        private final Choice choice;
        private final Ahead ahead;
        private String words = "";

        Begin(Choice choice, Ahead ahead) {
            this.choice = choice;
            this.ahead = ahead;
        }

        @Override
        public void begin(String transport) throws InterruptedException {
            words = choice.words(transport);
            live.watch(new Watched());
            if (ready.isEmpty()) return;
            ahead.awaitFull();
            // What preparing made would be copied in the first collection of the run: 30 ms without a send.
            System.gc();
            ready.get().accept(words);
        }
    }

    /** For whoever is told by several threads and knows of one. */
    private record OneAtATime(Consumer<RequestSample> whoever) implements Consumer<RequestSample> {
        @Override
        public synchronized void accept(RequestSample sample) {
            whoever.accept(sample);
        }
    }

    /** That and why it ended before its schedule did. */
    private Optional<Stopped> early(Injection injection) {
        double ofSeconds = (plannedNanos - warmupNanos) / 1e9;
        if (!stopping || injection.plannedSeconds() >= ofSeconds) return Optional.empty();
        return Optional.of(new Stopped(
                injection.plannedSeconds(), ofSeconds, broken.map(Broken::rule), broken.map(Broken::found)));
    }

    private record Broken(String rule, String found) {}

    /** This run as whoever watches it may see it. */
    private final class Watched implements Live.Run {
        @Override
        public Standing standing() {
            InjectorProgress p = progress();
            return new Standing(p.elapsedNanos(), p.plannedNanos(), p.sent(), p.done(), p.recentPerSecond());
        }

        @Override
        public void abort(String rule, String found) {
            if (stopping) return;
            broken = Optional.of(new Broken(rule, found));
            stop();
        }
    }

    private Dialer dialer(IoLoop loop, Target target) throws BadInputException {
        return new Dialer(loop, config.wire(), config.layout(), target.host(), target.port(), target.secure());
    }

    /** How far it has come; cheap, from any thread. */
    public InjectorProgress progress() {
        long elapsed = clock.nanos() + warmupNanos;
        Optional<Double> none = Optional.empty();
        if (record.isEmpty()) return new InjectorProgress(elapsed, plannedNanos, 0, 0, 0, 0, none, none, none, 0, 0, 0);
        RunRecord.Snapshot s = record.get().snapshot();
        return new InjectorProgress(
                elapsed,
                plannedNanos,
                s.sent(),
                s.done(),
                s.errors(),
                s.recentPerSecond(),
                live.recentLatencyP99Micros(),
                live.recentLatenessP99Micros(),
                live.recentHeldP99Micros(),
                s.latencySeconds(),
                s.serviceSeconds(),
                s.latenessSeconds());
    }

    /**
     * Ends the run early, from any thread: nothing more is sent, every request sent is waited for until it is answered
     * or times out, and {@link #run} returns a valid result of what was done until now.
     */
    public void stop() {
        stopping = true;
        loops.ifPresent(Loops::stop);
    }
}
