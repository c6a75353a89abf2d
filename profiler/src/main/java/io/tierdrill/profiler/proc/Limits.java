package io.tierdrill.profiler.proc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /proc/PID/limits}. */
final class Limits {
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+|unlimited)");

    private Limits() {}

    /** The soft limit of descriptors; zero where it does not say, the largest number where there is none. */
    static int openFiles(String text) {
        Matcher soft = OPEN_FILES.matcher(text);
        if (!soft.find()) return 0;
        if (soft.group(1).equals("unlimited")) return Integer.MAX_VALUE;
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft.group(1)));
    }
}
