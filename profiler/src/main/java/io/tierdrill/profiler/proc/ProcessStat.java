package io.tierdrill.profiler.proc;

/**
 * What we use of {@code /proc/PID/stat}, see {@code proc_pid_stat(5)}.
 *
 * @param command the thread's or process's name, at most 15 characters, any character
 * @param state one letter; {@code Z} is dead and waits for its parent to notice
 * @param cpuTicks user and system time of all threads that ever lived in it
 */
record ProcessStat(String command, char state, long cpuTicks, int threads, long rssPages) {
    private static final int USER_TIME = 14;
    private static final int SYSTEM_TIME = 15;
    private static final int THREADS = 20;
    private static final int RSS = 24;

    /** Fields are counted from 1 as in the manual; the third follows the last closing parenthesis. */
    static ProcessStat parse(String text) {
        int close = text.lastIndexOf(')');
        String command = text.substring(text.indexOf('(') + 1, close);
        String[] fields = text.substring(close + 2).split(" ", RSS);
        return new ProcessStat(
                command,
                fields[0].charAt(0),
                number(fields, USER_TIME) + number(fields, SYSTEM_TIME),
                (int) number(fields, THREADS),
                number(fields, RSS));
    }

    boolean gone() {
        return state == 'Z' || state == 'X';
    }

    private static long number(String[] fields, int field) {
        return Long.parseLong(fields[field - 3]);
    }
}
