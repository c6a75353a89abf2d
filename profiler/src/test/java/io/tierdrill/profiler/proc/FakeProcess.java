package io.tierdrill.profiler.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like a process in {@code /proc}. */
final class FakeProcess {
    private final Path folder;

    FakeProcess(Path root, long pid) throws IOException {
        this.folder = Files.createDirectories(root.resolve(Long.toString(pid)));
        Files.createDirectories(tasks());
    }

    Path tasks() {
        return folder.resolve("task");
    }

    void thread(int tid, String name, long cpuNanos, long delayNanos) throws IOException {
        Path task = Files.createDirectories(tasks().resolve(Integer.toString(tid)));
        Files.writeString(task.resolve("comm"), name + "\n");
        Files.writeString(task.resolve("schedstat"), cpuNanos + " " + delayNanos + " 7\n");
    }

    /** What an open file of a thread that ended says is an error; an empty file is the nearest a folder can do. */
    void end(int tid) throws IOException {
        Path task = tasks().resolve(Integer.toString(tid));
        Files.writeString(task.resolve("schedstat"), "");
        Files.delete(task.resolve("schedstat"));
        Files.delete(task.resolve("comm"));
        Files.delete(task);
    }

    void stat(char state, long userTicks, long systemTicks, int threads, long rssPages) throws IOException {
        Files.writeString(
                folder.resolve("stat"),
                "9 (a (b) c) " + state + " 1 2 3 4 -1 5 6 7 8 9 " + userTicks + " " + systemTicks + " 0 0 20 0 "
                        + threads + " 0 215044 9188806656 " + rssPages + " 1 2 3\n");
    }
}
