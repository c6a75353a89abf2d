package io.tierdrill.profiler.proc;

/** {@code /proc/pressure/cpu}. */
final class Pressure {
    private static final String TOTAL = "total=";

    private Pressure() {}

    /** Microseconds in which some task waited, from the line {@code some avg10=.. avg60=.. avg300=.. total=..}. */
    static long someMicros(String text) {
        int start = text.indexOf(TOTAL, text.indexOf("some")) + TOTAL.length();
        int end = text.indexOf('\n', start);
        return Long.parseLong(
                text.substring(start, end < 0 ? text.length() : end).strip());
    }
}
