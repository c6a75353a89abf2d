package io.tierdrill.profiler.proc;

import java.util.BitSet;

/** The processors a process may use, as in {@code Cpus_allowed_list: 0-3,8}. */
final class CpuList {
    private static final String ALLOWED = "Cpus_allowed_list:";

    private CpuList() {}

    /** @param status the text of {@code /proc/PID/status} */
    static BitSet allowed(String status) {
        int start = status.indexOf(ALLOWED);
        if (start < 0) throw new IllegalArgumentException("no " + ALLOWED + " in " + status);
        int end = status.indexOf('\n', start);
        return parse(status.substring(start + ALLOWED.length(), end < 0 ? status.length() : end));
    }

    static BitSet parse(String list) {
        BitSet cpus = new BitSet();
        for (String range : list.strip().split(",")) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            cpus.set(first, last + 1);
        }
        return cpus;
    }
}
