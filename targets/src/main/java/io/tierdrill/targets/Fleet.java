package io.tierdrill.targets;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.process.ChildCommand;
import io.tierdrill.targets.process.ChildProcess;
import io.tierdrill.targets.process.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The processes of a stack. Until it is told to {@link #watch}, a process that ends completes {@link #firstExit}; after
 * that it is a crash, reported and perhaps healed on the fleet's own thread. Safe to call from any thread.
 */
final class Fleet implements AutoCloseable {
    /** A process that ends this often will go on doing so. */
    static final int MOST_RESTARTS = 5;

    private static final long READY_SECONDS = 30;
    private static final long GRACE_SECONDS = 2;

    private final ChildCommand command;
    private final Path folder;
    private final NanoClock clock;
    private final Consumer<RunEvent> events;
    private final boolean restart;
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final CompletableFuture<Instance> firstExit = new CompletableFuture<>();
    private final Set<ChildProcess> expectedToEnd = ConcurrentHashMap.newKeySet();
    private final Drills drills = new Drills(this);
    private final ExecutorService supervisor = Executors.newSingleThreadExecutor(Fleet::supervisorThread);
    private volatile boolean watching;
    private boolean closing;

    Fleet(ChildCommand command, Path folder, NanoClock clock, Consumer<RunEvent> events, boolean restart) {
        this.command = command;
        this.folder = folder;
        this.clock = clock;
        this.events = events;
        this.restart = restart;
    }

    /** Starts a process on each seat, without waiting for any of them. */
    void launch(List<Seat> seats) throws IOException {
        Files.createDirectories(folder);
        for (Seat seat : seats) launch(seat, 0);
    }

    /** In the order of their seats. */
    List<Instance> instances() {
        synchronized (instances) {
            return List.copyOf(instances.values());
        }
    }

    Optional<Instance> instance(InstanceId id) {
        synchronized (instances) {
            return Optional.ofNullable(instances.get(id));
        }
    }

    /** What is done to it on purpose. */
    Drills drills() {
        return drills;
    }

    List<Instance> instances(TierKind tier) {
        return instances().stream().filter(i -> i.seat().kind() == tier).toList();
    }

    /** Done with the first process that ends before {@link #watch}. */
    CompletableFuture<Instance> firstExit() {
        return firstExit;
    }

    /** Sends every instance of a tier what is below it. */
    CompletableFuture<Void> wire(TierKind tier) {
        return wire(instances(tier));
    }

    void watch() {
        watching = true;
    }

    /** The next end of this process is no crash. */
    void expectEnd(Instance instance) {
        if (instance.isAlive()) expectedToEnd.add(instance.process());
    }

    /** Ends it, where it has not ended, and starts another on its seat; does not wait for any of it. */
    void startAgain(Instance instance) {
        synchronized (instances) {
            if (!closing) supervisor.execute(() -> replace(instance));
        }
    }

    private void replace(Instance instance) {
        instance.process().terminate();
        if (!areGone(List.of(instance))) instance.process().kill();
        // The fleet's own restart may have been quicker.
        if (instance(instance.seat().id()).equals(Optional.of(instance))) restart(instance, instance.restarts());
    }

    /** Ends every process, and returns when none is left. The second call does nothing. */
    @Override
    public void close() {
        synchronized (instances) {
            closing = true;
        }
        supervisor.shutdownNow();
        List<Instance> all = instances();
        // One that hangs would not hear of it.
        for (Instance each : all) {
            if (drills.isHung(each)) each.process().kill();
            else each.process().terminate();
        }
        drills.letAllGo();
        if (areGone(all)) return;
        all.forEach(i -> i.process().kill());
        areGone(all);
    }

    private Instance launch(Seat seat, int restarts) throws IOException {
        Path settings = folder.resolve(seat.fileName() + ".yaml");
        Path log = folder.resolve(seat.fileName() + ".log");
        Files.writeString(settings, ConfigFile.write(seat.settings()));
        List<String> line = command.line(seat.kind(), InstanceMain.class.getName(), arguments(seat, settings));
        synchronized (instances) {
            if (closing) throw new IOException("the stack is being closed");
            var process = ChildProcess.start(seat.id().toString(), line, log);
            var instance = new Instance(seat, process, log, clock.nanos(), restarts);
            instances.put(seat.id(), instance);
            process.exit().thenAccept(status -> handOver(instance, status));
            return instance;
        }
    }

    private static List<String> arguments(Seat seat, Path settings) {
        return List.of(
                seat.kind().word(),
                "--name",
                seat.id().toString(),
                "--listen",
                HostPort.format(seat.listen()),
                "--config",
                settings.toString(),
                "--seed",
                Long.toString(seat.seed()),
                "--supervised");
    }

    private CompletableFuture<Void> wire(Collection<Instance> some) {
        return CompletableFuture.allOf(
                some.stream().map(i -> i.process().wire(below(i.seat().kind()))).toArray(CompletableFuture[]::new));
    }

    private List<InetSocketAddress> below(TierKind tier) {
        return tierBelow(tier)
                .map(kind -> instances(kind).stream()
                        .filter(i -> !drills.isDrained(i))
                        .map(Instance::traffic)
                        .toList())
                .orElse(List.of());
    }

    private Optional<TierKind> tierBelow(TierKind tier) {
        return instances().stream()
                .map(i -> i.seat().kind())
                .filter(kind -> kind.onPath() && kind.compareTo(tier) > 0)
                .findFirst();
    }

    private void handOver(Instance gone, int status) {
        synchronized (instances) {
            if (!closing) supervisor.execute(() -> ended(gone, status));
        }
    }

    private void ended(Instance gone, int status) {
        if (!watching) {
            firstExit.complete(gone);
            return;
        }
        boolean planned = expectedToEnd.remove(gone.process());
        if (!planned) event("crash", gone, gone.obituary(status, clock.nanos()));
        if (!restart || !instance(gone.seat().id()).equals(Optional.of(gone))) return;
        if (planned) restart(gone, gone.restarts());
        else if (gone.restarts() < MOST_RESTARTS) restart(gone, gone.restarts() + 1);
        else event("crash", gone, "is not started again: it ended " + (MOST_RESTARTS + 1) + " times");
    }

    /** At the address it had, so that clients and the hash tables above find it where it was. */
    private void restart(Instance gone, int restarts) {
        try {
            Instance next = launch(gone.seatAgain(), restarts);
            next.process().ready().get(READY_SECONDS, TimeUnit.SECONDS);
            wire(List.of(next)).get(READY_SECONDS, TimeUnit.SECONDS);
            rewireAbove(next.seat().kind());
            event(
                    "restart",
                    next,
                    "started again at " + HostPort.format(next.traffic()) + " as process "
                            + next.process().pid());
        } catch (IOException | TimeoutException cannot) {
            event("crash", gone, "could not be started again: " + cannot);
        } catch (ExecutionException endedAgain) {
            // Its own end is on its way to this thread.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells those above a tier who is in it. One that hangs would not take it. */
    void rewireAbove(TierKind tier) throws IOException, InterruptedException {
        List<Instance> above = instances().stream()
                .filter(i -> tierBelow(i.seat().kind()).equals(Optional.of(tier)))
                .filter(i -> i.isAlive() && !drills.isHung(i))
                .toList();
        try {
            wire(above).get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException gone) {
            throw new IOException("those above " + tier.word() + " were not all told: " + gone, gone);
        }
    }

    void event(String kind, Instance instance, String message) {
        events.accept(new RunEvent(clock.nanos(), kind, instance.seat().id().toString(), message));
    }

    private static boolean areGone(List<Instance> all) {
        var gone = CompletableFuture.allOf(
                all.stream().map(i -> i.process().exit()).toArray(CompletableFuture[]::new));
        try {
            gone.get(GRACE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stubborn) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Thread supervisorThread(Runnable task) {
        var thread = new Thread(task, "stack supervisor");
        thread.setDaemon(true);
        return thread;
    }
}
