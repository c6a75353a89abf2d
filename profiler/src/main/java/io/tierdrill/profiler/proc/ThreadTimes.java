package io.tierdrill.profiler.proc;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Sums over all threads a process has had while it was watched. A thread that ends leaves its last reading behind, so
 * the sums never go backwards; one that is born and ends between two readings is not seen here.
 */
final class ThreadTimes implements AutoCloseable {
    /** A thread can end and another begin between two readings, so that their number does not tell. */
    private static final int LIST_EVERY = 10;

    private final Path folder;
    private final Map<String, WatchedThread> alive = new HashMap<>();
    private long endedCpu;
    private long endedDelay;
    private long cpuNanos;
    private long delayNanos;
    private long busiestNanos;
    private int readings;

    ThreadTimes(Path folder) {
        this.folder = folder;
    }

    /** @param threads how many there are now, as the process says */
    void read(int threads) {
        boolean anyEnded = readAlive();
        if (anyEnded || alive.size() != threads || readings % LIST_EVERY == 0) findNew();
        readings++;
        sum();
    }

    long cpuNanos() {
        return cpuNanos;
    }

    long delayNanos() {
        return delayNanos;
    }

    /** The most that any one thread that may carry traffic has used; when that thread ends, until another passes it. */
    long busiestNanos() {
        return busiestNanos;
    }

    @Override
    public void close() {
        alive.values().forEach(WatchedThread::close);
        alive.clear();
    }

    private boolean readAlive() {
        boolean anyEnded = false;
        for (Iterator<WatchedThread> threads = alive.values().iterator(); threads.hasNext(); ) {
            WatchedThread thread = threads.next();
            try {
                thread.read();
            } catch (IOException ended) {
                anyEnded = true;
                endedCpu += thread.time().cpuNanos();
                endedDelay += thread.time().delayNanos();
                thread.close();
                threads.remove();
            }
        }
        return anyEnded;
    }

    private void findNew() {
        String[] names = new File(folder.toString()).list();
        if (names == null) return;
        for (String name : names) {
            if (alive.containsKey(name)) continue;
            try {
                WatchedThread thread = WatchedThread.open(folder.resolve(name));
                alive.put(name, thread);
                thread.read();
            } catch (IOException endedAlready) {
                WatchedThread thread = alive.remove(name);
                if (thread != null) thread.close();
            }
        }
    }

    private void sum() {
        cpuNanos = endedCpu;
        delayNanos = endedDelay;
        for (WatchedThread thread : alive.values()) {
            cpuNanos += thread.time().cpuNanos();
            delayNanos += thread.time().delayNanos();
            noteBusiest(thread);
        }
    }

    private void noteBusiest(WatchedThread thread) {
        if (thread.time().cpuNanos() <= busiestNanos) return;
        try {
            if (thread.carriesTraffic()) busiestNanos = thread.time().cpuNanos();
        } catch (IOException ended) {
            // Its name is gone with it; the next reading finds it ended.
        }
    }
}
