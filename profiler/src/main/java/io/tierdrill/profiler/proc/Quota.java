package io.tierdrill.profiler.proc;

import java.util.Optional;

/**
 * A processor quota and how often it stopped its group.
 *
 * @param cores processors on average
 */
record Quota(double cores, long periods, long throttled, double throttledSeconds) {

    /**
     * Nothing where there is no quota.
     *
     * @param quota {@code cpu.cfs_quota_us} and, behind a blank, {@code cpu.cfs_period_us}; or {@code cpu.max}, which is
     *     written like that
     * @param stat {@code cpu.stat}
     */
    static Optional<Quota> parse(String quota, String stat) {
        String[] words = quota.strip().split("\\s+");
        if (words.length < 2 || words[0].equals("max") || words[0].startsWith("-")) return Optional.empty();
        double cores = Double.parseDouble(words[0]) / Double.parseDouble(words[1]);
        double throttled = value(stat, "throttled_usec") / 1e6 + value(stat, "throttled_time") / 1e9;
        return Optional.of(new Quota(cores, value(stat, "nr_periods"), value(stat, "nr_throttled"), throttled));
    }

    private static long value(String stat, String name) {
        return stat.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }
}
