package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The processor quota of one process's control group. A process may be moved, so its group is looked up now and then. */
final class QuotaProbe implements SignalProbe {
    private static final int LOOK_UP_EVERY = 2;

    private final InstanceId id;
    private final Path process;
    private final Path mounts;
    private Optional<ControlGroup> group = Optional.empty();
    private int samples;

    QuotaProbe(Procfs procfs, InstanceId id, long pid) {
        this.id = id;
        this.process = procfs.process(pid);
        this.mounts = procfs.root().resolve("self/mountinfo");
    }

    @Override
    public void sample(long atNanos, Consumer<? super SignalSample> to) {
        try {
            if (samples++ % LOOK_UP_EVERY == 0)
                group = ControlGroup.find(Files.readString(process.resolve("cgroup")), Files.readString(mounts));
            Optional<Quota> quota = group.isPresent() ? quota(group.get()) : Optional.empty();
            quota.ifPresent(q -> tell(atNanos, q, to));
        } catch (IOException gone) {
            // The process, or the group: there is nothing to tell of either.
        }
    }

    private void tell(long atNanos, Quota quota, Consumer<? super SignalSample> to) {
        to.accept(new SignalSample(atNanos, id, Signal.QUOTA_CORES, "", quota.cores()));
        to.accept(new SignalSample(atNanos, id, Signal.QUOTA_PERIODS, "", quota.periods()));
        to.accept(new SignalSample(atNanos, id, Signal.QUOTA_THROTTLED, "", quota.throttled()));
        to.accept(new SignalSample(atNanos, id, Signal.QUOTA_THROTTLED_SECONDS, "", quota.throttledSeconds()));
    }

    private static Optional<Quota> quota(ControlGroup group) throws IOException {
        Path folder = group.folder();
        String limit = group.unified()
                ? text(folder.resolve("cpu.max"))
                : text(folder.resolve("cpu.cfs_quota_us")).strip() + " " + text(folder.resolve("cpu.cfs_period_us"));
        return Quota.parse(limit, text(folder.resolve("cpu.stat")));
    }

    /** The root group of the second version has none of these files, and no quota. */
    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void close() {}
}
