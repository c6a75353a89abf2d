package io.tierdrill.targets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Mode;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.process.ChildCommand;
import io.tierdrill.targets.process.ClassArchive;
import io.tierdrill.targets.process.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The bundled stack, running: each instance a process with its own loopback address, settings and log. From
 * {@link #start} until {@link #close} it is watched: a process that ends by itself is an event of kind {@code crash},
 * and is started again ({@code restart}) where the configuration says so.
 *
 * <p>It always ends. {@link #close} ends it, so does the end of this JVM (Ctrl-C, SIGTERM), and when this JVM is killed
 * outright every process sees its standard input end and ends by itself.
 *
 * <p>Safe to use from any thread. Events are delivered one at a time, on a thread of the stack; their {@code atNanos}
 * is what the given clock shows.
 */
public final class Stack implements AutoCloseable {
    private static final int PRIMING_CLIENTS = 8;
    private static final int PRIMING_REQUESTS = 400;

    private final StackConfig config;
    private final NanoClock clock;
    private final Fleet fleet;
    private final Thread hook;

    private Stack(StackConfig config, NanoClock clock, Fleet fleet) {
        this.config = config;
        this.clock = clock;
        this.fleet = fleet;
        this.hook = new Thread(fleet::close, "stack end");
    }

    /**
     * Starts every process, with the Java and the class path of this one, and returns when a request has gone through
     * all tiers. The first time a class path made of jars is used, an archive of its classes is made and kept in
     * {@link ClassArchive#defaultFolder}.
     *
     * @param instancesFolder where settings and logs go, {@code l7-1.yaml} and {@code l7-1.log}
     * @throws IOException when it does not come up, with the reason and the end of the log that knows it; nothing is
     *     left running
     * @throws BadInputException when this machine cannot hold such a stack
     */
    public static Stack start(
            StackConfig config, Path instancesFolder, Seeds seeds, NanoClock clock, Consumer<RunEvent> events)
            throws IOException, BadInputException, InterruptedException {
        Path archives = ClassArchive.defaultFolder();
        ChildCommand command = ChildCommand.ofThisJvm();
        if (ClassArchive.canMake(command)
                && ClassArchive.find(command, archives).isEmpty()) {
            events.accept(new RunEvent(
                    clock.nanos(), "start", "run", "makes an archive of classes in " + archives + ", once"));
            ClassArchive.findOrMake(command, archives, TrainingMain.class.getName());
        }
        return start(config, instancesFolder, seeds, clock, events, ClassArchive.use(command, archives));
    }

    /** The same with a command of the caller's own: other flags, more heap, an archive kept elsewhere or none. */
    public static Stack start(
            StackConfig config,
            Path instancesFolder,
            Seeds seeds,
            NanoClock clock,
            Consumer<RunEvent> events,
            ChildCommand command)
            throws IOException, BadInputException, InterruptedException {
        long beginNanos = clock.nanos();
        StackPlan plan = StackPlan.of(config, Loopback.probe(), seeds);
        var stack = new Stack(config, clock, new Fleet(command, instancesFolder, clock, events, config.restart()));
        Runtime.getRuntime().addShutdownHook(stack.hook);
        try {
            new StackStart(stack, stack.fleet, clock).run(plan, config.service().longest());
            events.accept(stack.isUp(clock.nanos(), beginNanos));
            return stack;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            stack.close();
            throw failed;
        }
    }

    /** Makes the class archive that {@link #start} would make, if there is none: for installers and builds. */
    public static Optional<Path> prepare(Path archives) throws InterruptedException {
        return ClassArchive.findOrMake(ChildCommand.ofThisJvm(), archives, TrainingMain.class.getName());
    }

    /**
     * Runs the tiers in with a few hundred requests of some closed-loop clients, so that what is measured next is not
     * their start. The requests count in the tiers' counters, which only ever grow.
     *
     * @param longest after which it stops in any case
     * @return how many requests were answered
     */
    public long prime(Duration longest) throws InterruptedException {
        var clients = new Priming(
                entry(), entryHost(), PRIMING_CLIENTS, PRIMING_REQUESTS * config.instances(TierKind.SERVICE));
        int timeout = Math.toIntExact(longest.toMillis());
        return clients.run(clock, longest.toNanos(), timeout);
    }

    /** Every process that is up, outermost tier first. After a restart, the new one. */
    public List<Member> members() {
        return fleet.instances().stream()
                .filter(Instance::isReady)
                .map(Instance::member)
                .toList();
    }

    /**
     * Does something to an instance on purpose; that is an event of kind {@code drill}, and no crash. What was taken away
     * is given back with {@link DrillAction#RESUME} or {@link DrillAction#RESTART}; {@link #close} ends hung ones too.
     *
     * @throws IOException when it cannot be done now, with the reason
     */
    public void perform(DrillAction action, InstanceId id) throws IOException, InterruptedException {
        fleet.drills().perform(action, id);
    }

    /** Whether every process is up and none hangs or is drained. */
    public boolean isWhole() {
        return fleet.drills().noneIsOpen() && fleet.instances().stream().allMatch(i -> i.isAlive() && i.isReady());
    }

    /**
     * The stack as it stands.
     *
     * @param places where settings are written, from {@link io.tierdrill.model.config.ConfigNode#places}; those of
     *     {@code stack.} are kept
     */
    public Topology topology(Map<String, String> places) {
        Map<String, String> settings = places.entrySet().stream()
                .filter(place -> place.getKey().startsWith("stack."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Topology(
                Mode.EMBEDDED, config.present().stream().map(this::node).toList(), settings);
    }

    /** What clients call it: its DNS name, or where it has no DNS the address of its front door. */
    public String entryHost() {
        return resolver().isPresent()
                ? config.dns().name()
                : entry().getAddress().getHostAddress();
    }

    /** Where clients connect, at whichever address DNS gives them. */
    public int entryPort() {
        return entry().getPort();
    }

    /** Who answers for {@link #entryHost}; nothing where that is an address. */
    public Optional<InetSocketAddress> resolver() {
        return fleet.instances(TierKind.DNS).stream().findFirst().map(Instance::traffic);
    }

    /** Ends every process and returns when none is left. May be called twice. */
    @Override
    public void close() {
        fleet.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAnyway) {
            // The JVM is shutting down; the hook finds nothing left to do.
        }
    }

    private RunEvent isUp(long nowNanos, long beginNanos) {
        int count = fleet.instances().size();
        String processes = count == 1 ? "1 process is" : count + " processes are";
        String after = String.format(Locale.ROOT, "%.1f s", (nowNanos - beginNanos) / 1e9);
        return new RunEvent(nowNanos, "start", "run", processes + " up and answering after " + after);
    }

    private InetSocketAddress entry() {
        return fleet.instances(config.outermost()).get(0).traffic();
    }

    private Topology.Node node(TierKind tier) {
        List<Topology.Process> processes = members().stream()
                .filter(member -> member.kind() == tier)
                .map(member -> new Topology.Process(member.id(), member.pid(), HostPort.format(member.traffic())))
                .toList();
        return new Topology.Node(tier.word(), tier, processes, tier == TierKind.L3);
    }
}
