package io.tierdrill.profiler.proc;

import java.util.BitSet;

/**
 * What we use of {@code /proc/stat}, see {@code proc_stat(5)}, in ticks over the processors we may use.
 *
 * @param busy user, nice, system, interrupts; not idle, not waiting for a disk, not stolen
 */
record CpuTimes(int cores, long busy, long steal) {
    private static final int USER = 1;
    private static final int IDLE = 4;
    private static final int IRQ = 6;
    private static final int SOFT_IRQ = 7;
    private static final int STEAL = 8;

    /** Guests' time is within user's already. */
    static CpuTimes parse(String stat, BitSet allowed) {
        int cores = 0;
        long busy = 0;
        long steal = 0;
        for (String line : (Iterable<String>) stat.lines()::iterator) {
            if (!line.startsWith("cpu")) break;
            String[] fields = line.split(" +");
            String number = fields[0].substring("cpu".length());
            if (number.isEmpty() || !allowed.get(Integer.parseInt(number))) continue;
            cores++;
            for (int i = USER; i < IDLE; i++) busy += Long.parseLong(fields[i]);
            busy += Long.parseLong(fields[IRQ]) + Long.parseLong(fields[SOFT_IRQ]);
            steal += Long.parseLong(fields[STEAL]);
        }
        return new CpuTimes(cores, busy, steal);
    }
}
