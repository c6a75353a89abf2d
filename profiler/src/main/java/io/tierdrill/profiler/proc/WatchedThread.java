package io.tierdrill.profiler.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One thread of a process: its last reading, which stays in the sums when it ends. */
final class WatchedThread implements AutoCloseable {
    private static final int SCHEDSTAT_BYTES = 96;

    /** How a JVM names the threads that compile, collect and keep house; names are cut to 15 characters. */
    private static final List<String> HOUSEKEEPING = List.of(
            "C1 Compiler",
            "C2 Compiler",
            "JVMCI",
            "Sweeper",
            "GC Thread",
            "G1 ",
            "ZDriver",
            "ZWorker",
            "Shenandoah",
            "VM Thread",
            "VM Periodic");

    private final Path folder;
    private final ProcFile schedstat;
    private ThreadTime time = new ThreadTime(0, 0);
    private boolean named;
    private boolean traffic;

    private WatchedThread(Path folder, ProcFile schedstat) {
        this.folder = folder;
        this.schedstat = schedstat;
    }

    static WatchedThread open(Path folder) throws IOException {
        return new WatchedThread(folder, ProcFile.open(folder.resolve("schedstat"), SCHEDSTAT_BYTES));
    }

    /** Fails when the thread is gone. */
    void read() throws IOException {
        time = ThreadTime.parse(schedstat.text());
    }

    ThreadTime time() {
        return time;
    }

    /** Whether it may carry traffic. Asked late, when it has used time: a new thread still has its parent's name. */
    boolean carriesTraffic() throws IOException {
        if (!named) {
            String name = Files.readString(folder.resolve("comm")).strip();
            traffic = HOUSEKEEPING.stream().noneMatch(name::startsWith);
            named = true;
        }
        return traffic;
    }

    @Override
    public void close() {
        schedstat.close();
    }
}
