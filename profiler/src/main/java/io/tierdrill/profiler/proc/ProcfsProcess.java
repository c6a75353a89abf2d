package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process through {@code /proc}.
 *
 * <p>Processor time is the sum of its threads' exact times, plus what only {@code stat} knows: the time of threads that
 * ended before anyone looked. {@code stat} counts in ticks and rounds down, so that this rest is positive only when
 * there is one (or by the few milliseconds by which the kernel brings a running thread's own time up to date late); its
 * running maximum is kept, and the whole never goes backwards.
 */
final class ProcfsProcess implements ProcessProbe {
    private static final int STAT_BYTES = 512;
    private static final int DESCRIPTORS_EVERY = 5;

    private final Procfs procfs;
    private final InstanceId id;
    private final Path folder;
    private final ThreadTimes threads;
    private Optional<ProcFile> stat;
    private long unseenNanos;
    private int samples;
    private int descriptors;
    private int descriptorLimit;

    ProcfsProcess(Procfs procfs, InstanceId id, long pid) {
        this.procfs = procfs;
        this.id = id;
        this.folder = procfs.process(pid);
        this.threads = new ThreadTimes(folder.resolve("task"));
        this.stat = open(folder.resolve("stat"));
    }

    @Override
    public Optional<ProcessSample> sample(long atNanos) {
        if (stat.isEmpty()) return Optional.empty();
        try {
            ProcessStat now = ProcessStat.parse(stat.get().text());
            if (!now.gone()) return Optional.of(sample(atNanos, now));
        } catch (IOException gone) {
            // As good as a state that says so.
        }
        close();
        return Optional.empty();
    }

    @Override
    public void close() {
        stat.ifPresent(ProcFile::close);
        stat = Optional.empty();
        threads.close();
    }

    /** {@code stat} was read first: read after the threads, it would see time that they had not yet used. */
    private ProcessSample sample(long atNanos, ProcessStat now) {
        threads.read(now.threads());
        if (samples++ % DESCRIPTORS_EVERY == 0) countDescriptors();
        unseenNanos = Math.max(unseenNanos, procfs.nanos(now.cpuTicks()) - threads.cpuNanos());
        double cpu = (threads.cpuNanos() + unseenNanos) / 1e9;
        double busiest = threads.busiestNanos() == 0 ? cpu : threads.busiestNanos() / 1e9;
        return new ProcessSample(
                atNanos,
                id,
                cpu,
                busiest,
                threads.delayNanos() / 1e9,
                now.rssPages() * procfs.pageBytes(),
                now.threads(),
                descriptors,
                descriptorLimit);
    }

    /** Not every time: it is the dearest of all reads, and descriptors do not come and go that fast. */
    private void countDescriptors() {
        try {
            Path open = folder.resolve("fd");
            // Since Linux 6.2 the folder's size is the number of its entries; before, it was zero.
            int size = (int) Files.size(open);
            descriptors = size > 0 ? size : count(open);
            if (descriptorLimit == 0) descriptorLimit = Limits.openFiles(Files.readString(folder.resolve("limits")));
        } catch (IOException notOursToSee) {
            descriptors = 0;
        }
    }

    private static int count(Path folder) {
        String[] names = new File(folder.toString()).list();
        return names == null ? 0 : names.length;
    }

    private static Optional<ProcFile> open(Path path) {
        try {
            return Optional.of(ProcFile.open(path, STAT_BYTES));
        } catch (IOException goneAlready) {
            return Optional.empty();
        }
    }
}
