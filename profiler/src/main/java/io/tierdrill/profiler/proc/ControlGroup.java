package io.tierdrill.profiler.proc;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the kernel keeps the processor quota of a process, see {@code cgroups(7)}.
 *
 * @param unified whether it is the second version, whose files have other names and units
 */
record ControlGroup(Path folder, boolean unified) {
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;

    /**
     * Version 1 where the controller {@code cpu} is mounted, else version 2.
     *
     * @param cgroup the text of {@code /proc/PID/cgroup}: lines {@code 4:cpu,cpuacct:/a/b} or {@code 0::/a/b}
     * @param mountinfo the text of {@code /proc/self/mountinfo}
     */
    static Optional<ControlGroup> find(String cgroup, String mountinfo) {
        Optional<Path> first = folder(cgroup, mountinfo, "cgroup", "cpu");
        if (first.isPresent()) return first.map(folder -> new ControlGroup(folder, false));
        return folder(cgroup, mountinfo, "cgroup2", "").map(folder -> new ControlGroup(folder, true));
    }

    private static Optional<Path> folder(String cgroup, String mountinfo, String type, String controller) {
        Optional<String> path = cgroup.lines()
                .map(line -> line.split(":", 3))
                .filter(f -> f.length == 3 && List.of(f[1].split(",")).contains(controller))
                .map(f -> f[2])
                .findFirst();
        return path.flatMap(within -> mountinfo
                .lines()
                .flatMap(line -> mounted(line, type, controller, within).stream())
                .findFirst());
    }

    /** A line is {@code 32 31 0:29 ROOT POINT options [tags] - TYPE source superoptions}. */
    private static Optional<Path> mounted(String line, String type, String controller, String within) {
        int dash = line.indexOf(" - ");
        if (dash < 0) return Optional.empty();
        String[] where = line.substring(0, dash).split(" ");
        String[] what = line.substring(dash + 3).split(" ");
        boolean has = controller.isEmpty()
                || List.of(what[what.length - 1].split(",")).contains(controller);
        if (!what[0].equals(type) || !has) return Optional.empty();
        String root = where[ROOT].equals("/") ? "" : where[ROOT];
        if (!within.startsWith(root)) return Optional.empty();
        return Optional.of(Path.of(where[MOUNT_POINT] + within.substring(root.length())));
    }
}
