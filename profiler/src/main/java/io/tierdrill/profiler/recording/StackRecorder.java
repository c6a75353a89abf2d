package io.tierdrill.profiler.recording;

import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.profiler.Watched;
import io.tierdrill.profiler.stacks.JfrStacks;
import io.tierdrill.profiler.stacks.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Profiles of several processes, taken at the same time. It costs what it watches some processor time, and the start of
 * a JVM's recorder costs most: begin before the measured time, and read only what lies in it. A process that cannot be
 * profiled, hangs or dies is a reason in the result. Belongs to one thread.
 */
public final class StackRecorder implements AutoCloseable {
    /** One that hangs must not hold up the others; more at once would only fight for the processors. */
    private static final int AT_ONCE = 4;

    private final Map<InstanceId, Recording> running = new LinkedHashMap<>();
    private final Map<InstanceId, Recording> stopped = new LinkedHashMap<>();
    private final Map<InstanceId, String> reasons = new LinkedHashMap<>();
    private final List<InstanceId> order;

    private StackRecorder(List<InstanceId> order) {
        this.order = List.copyOf(order);
    }

    /** Where the recording of a process is put: {@code l7-1/baseline.jfr}. */
    public static Path folder(Path home, InstanceId id) {
        return home.resolve(id.tier() + "-" + id.number());
    }

    /**
     * Returns when all of them record that can.
     *
     * @param home gets a folder for each process
     * @param name of the files in there: {@code baseline}
     */
    public static StackRecorder start(List<Watched> processes, Path home, String name)
            throws IOException, InterruptedException {
        StackRecorder recorder =
                new StackRecorder(processes.stream().map(Watched::id).toList());
        Perf perf = Perf.ofThisMachine();
        Map<InstanceId, Callable<Recording>> starts = new LinkedHashMap<>();
        for (Watched process : processes) {
            Path folder = Files.createDirectories(folder(home, process.id()));
            starts.put(process.id(), () -> start(process.pid(), folder, name, perf));
        }
        recorder.running.putAll(recorder.all(starts));
        return recorder;
    }

    private static Recording start(long pid, Path folder, String name, Perf perf)
            throws Unprofiled, InterruptedException {
        if (!Files.isDirectory(Path.of("/proc/self"))) throw new Unprofiled("profiles need Linux");
        if (ProcessHandle.of(pid).isEmpty()) throw new Unprofiled("process " + pid + " is gone");
        return JvmDoor.isJvm(pid)
                ? JvmRecording.start(pid, folder.resolve(name + ".jfr"))
                : PerfRecording.start(perf, pid, folder.resolve(name + ".perf"));
    }

    /** Ends all of them; their files are whole then. */
    public void stop() throws InterruptedException {
        Map<InstanceId, Callable<Recording>> stops = new LinkedHashMap<>();
        running.forEach((id, recording) -> stops.put(id, () -> {
            recording.stop();
            return recording;
        }));
        running.clear();
        stopped.putAll(all(stops));
    }

    /**
     * What was seen, after {@link #stop}, in the order the processes were given.
     *
     * @param from the measured time began, {@code to} ended
     * @param load and {@code answers} as a {@link Profile} has them
     * @param cpuSeconds that each process used in that time, of those where it is known
     */
    public List<Taken> taken(Instant from, Instant to, String load, long answers, Map<InstanceId, Double> cpuSeconds)
            throws InterruptedException {
        List<Taken> taken = new ArrayList<>();
        for (InstanceId id : order)
            taken.add(taken(id, from, to, load, answers, Optional.ofNullable(cpuSeconds.get(id))));
        return taken;
    }

    private Taken taken(InstanceId id, Instant from, Instant to, String load, long answers, Optional<Double> cpuSeconds)
            throws InterruptedException {
        Recording recording = stopped.get(id);
        if (recording == null)
            return new Taken(id, Optional.empty(), Optional.of(reasons.getOrDefault(id, "it was not stopped")));
        try {
            JfrStacks.Folded folded = recording.fold(from, to);
            Profile profile = new Profile(load, folded.stacks(), folded.sampling(), answers, cpuSeconds, folded.lost());
            return new Taken(id, Optional.of(profile), Optional.empty());
        } catch (Unprofiled why) {
            return new Taken(id, Optional.empty(), Optional.of(why.getMessage()));
        } catch (IOException damaged) {
            return new Taken(
                    id, Optional.empty(), Optional.of("its recording cannot be read: " + damaged.getMessage()));
        }
    }

    /** What came of each; who failed has left a reason. */
    private Map<InstanceId, Recording> all(Map<InstanceId, Callable<Recording>> tasks) throws InterruptedException {
        Map<InstanceId, Recording> done = new LinkedHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "stack recorder");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<InstanceId, Future<Recording>> futures = new LinkedHashMap<>();
            tasks.forEach((id, task) -> futures.put(id, workers.submit(task)));
            for (Map.Entry<InstanceId, Future<Recording>> each : futures.entrySet())
                get(each.getValue(), each.getKey()).ifPresent(recording -> done.put(each.getKey(), recording));
            return done;
        } finally {
            workers.shutdownNow();
        }
    }

    private Optional<Recording> get(Future<Recording> future, InstanceId id) throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            reasons.put(id, cause instanceof Unprofiled ? cause.getMessage() : cause.toString());
            return Optional.empty();
        }
    }

    /** Ends whatever still records, without wanting it. */
    @Override
    public void close() {
        running.values().forEach(Recording::abandon);
        running.clear();
    }
}
