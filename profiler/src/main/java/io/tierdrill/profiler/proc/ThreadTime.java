package io.tierdrill.profiler.proc;

/**
 * {@code /proc/PID/task/TID/schedstat}: exact where {@code stat} counts ticks.
 *
 * @param cpuNanos it ran, in user and system mode
 * @param delayNanos it could have run and waited for a processor
 */
record ThreadTime(long cpuNanos, long delayNanos) {
    static ThreadTime parse(String text) {
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        return new ThreadTime(
                Long.parseLong(text.substring(0, first)), Long.parseLong(text.substring(first + 1, second)));
    }
}
